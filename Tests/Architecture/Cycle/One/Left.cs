using Shop.Tests.Architecture.Cycle.Two;

namespace Shop.Tests.Architecture.Cycle.One;

/// <summary>Uses the other folder only in a method body.</summary>
internal static class Left
{
    public static string Name() => Right.Name(0);
}
