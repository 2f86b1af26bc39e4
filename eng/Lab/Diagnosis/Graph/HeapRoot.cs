namespace Shop.Lab.Diagnosis.Graph;

/// <summary>What keeps an object alive by itself.</summary>
/// <param name="Object">The object.</param>
/// <param name="Group">Which roots come before it.</param>
/// <param name="Name">What a report calls it: the same in the next run.</param>
internal sealed record HeapRoot(int Object, RootGroup Group, string Name);
