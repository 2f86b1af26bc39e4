using Shop.Tests.Architecture.Circle.One;

namespace Shop.Tests.Architecture.Circle.Two;

/// <summary>Uses the other folder in a method's body only.</summary>
internal static class Right
{
    public static string Name(int depth) => depth > 0 ? Left.Name() : nameof(Right);
}
