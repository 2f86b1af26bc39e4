namespace Shop.Lab.Diagnosis.Graph;

/// <summary>What keeps the objects of a graph alive.</summary>
/// <param name="Roots">The roots, those that explain most first, always in the same order.</param>
/// <param name="StaticArrays">The arrays that static fields lie in: what they hold is told by the fields.</param>
internal sealed record HeapRoots(IReadOnlyList<HeapRoot> Roots, IReadOnlySet<int> StaticArrays);
