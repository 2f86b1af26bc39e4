using Shop.Tests.Architecture.Circle.Two;

namespace Shop.Tests.Architecture.Circle.One;

/// <summary>Uses the other folder in a method's body only.</summary>
internal static class Left
{
    public static string Name() => Right.Name(0);
}
