using Shop.Tests.Architecture.Cycle.One;

namespace Shop.Tests.Architecture.Cycle.Two;

/// <summary>Uses the other folder only in a method body.</summary>
internal static class Right
{
    public static string Name(int depth) => depth > 0 ? Left.Name() : nameof(Right);
}
