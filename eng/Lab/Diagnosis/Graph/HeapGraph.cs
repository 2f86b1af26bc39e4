namespace Shop.Lab.Diagnosis.Graph;

/// <summary>The objects of a heap and what they reference, in arrays: an object is its index, in the order of addresses.</summary>
internal sealed class HeapGraph
{
    private readonly ulong[] _addresses;
    private readonly int[] _layouts;
    private readonly int[] _sizes;
    private readonly int[] _firstSlots;
    private readonly int[] _slots;
    private readonly IReadOnlyList<ObjectLayout> _types;
    private readonly ILookup<int, int> _dependents;

    public HeapGraph(
        IReadOnlyList<ObjectLayout> types, ulong[] addresses, int[] layouts, int[] sizes, int[] firstSlots, int[] slots,
        ILookup<int, int> dependents)
    {
        (_types, _addresses, _layouts, _sizes) = (types, addresses, layouts, sizes);
        (_firstSlots, _slots, _dependents) = (firstSlots, slots, dependents);
    }

    /// <summary>The value of a slot that holds no reference.</summary>
    public const int Null = -1;

    /// <summary>The number of objects, garbage among them.</summary>
    public int Count => _addresses.Length;

    /// <summary>
    /// References that lead to no object: the process stood still while it moved some, so what it reaches cannot be told.
    /// </summary>
    public int BrokenReferences { get; init; }

    /// <summary>The types of the objects.</summary>
    public IReadOnlyList<ObjectLayout> Types => _types;

    /// <summary>The address of an object.</summary>
    public ulong AddressOf(int item) => _addresses[item];

    /// <summary>The layout of an object.</summary>
    public ObjectLayout LayoutOf(int item) => _types[_layouts[item]];

    /// <summary>Bytes of an object alone.</summary>
    public int SizeOf(int item) => _sizes[item];

    /// <summary>What an object references, slot by slot; <see cref="Null"/> where it references nothing.</summary>
    public ReadOnlySpan<int> SlotsOf(int item) => _slots.AsSpan(_firstSlots[item].._firstSlots[item + 1]);

    /// <summary>What lives while the object does, by dependent handles: the values of a ConditionalWeakTable.</summary>
    public IEnumerable<int> DependentsOf(int item) => _dependents[item];

    /// <summary>Whether an object has dependents.</summary>
    public bool HasDependents(int item) => _dependents.Contains(item);

    /// <summary>The object at an address, or around it; <see cref="Null"/> if there is none.</summary>
    public int Find(ulong address)
    {
        var found = Array.BinarySearch(_addresses, address);
        if (found >= 0)
            return found;
        var before = ~found - 1;
        return before >= 0 && address < _addresses[before] + (ulong)_sizes[before] ? before : Null;
    }
}
