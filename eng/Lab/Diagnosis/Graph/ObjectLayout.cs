using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>How large the objects of a type are and where they hold references.</summary>
internal sealed class ObjectLayout
{
    private const int HeaderAndLength = 2 * sizeof(ulong);
    private readonly int _baseSize;
    private readonly int _componentSize;
    private readonly int[] _offsets;

    public ObjectLayout(int index, ClrType type)
    {
        // A string has a terminator that its length does not count.
        (Index, Type, _componentSize) = (index, type, type.ComponentSize);
        _baseSize = type.StaticSize + (type.IsString ? _componentSize : 0);
        _offsets = type.ContainsPointers ? OffsetsOf(type.GCDesc, _baseSize + _componentSize) : [];
    }

    /// <summary>Its place in the graph's list.</summary>
    public int Index { get; }

    /// <summary>The type.</summary>
    public ClrType Type { get; }

    /// <summary>Whether the objects have elements: arrays and strings.</summary>
    public bool HasElements => _componentSize > 0;

    /// <summary>Bytes of an object, aligned.</summary>
    /// <param name="length">The number of its elements; 0 if it has none.</param>
    public long SizeOf(uint length) => (_baseSize + ((long)_componentSize * length) + 7) & ~7L;

    /// <summary>How many references an object can hold.</summary>
    /// <param name="length">The number of its elements; 0 if it has none.</param>
    public int SlotsOf(uint length) => HasElements ? checked(_offsets.Length * (int)length) : _offsets.Length;

    /// <summary>Where in an object a reference lies: bytes from its start.</summary>
    public long OffsetOf(int slot)
        => HasElements ? _offsets[slot % _offsets.Length] + ((long)(slot / _offsets.Length) * _componentSize) : _offsets[slot];

    /// <summary>The slot in an object, or in the first element, that stands for all elements.</summary>
    public int FirstOf(int slot) => HasElements ? slot % _offsets.Length : slot;

    /// <summary>The slot of a field; -1 if it holds no reference.</summary>
    public int SlotAt(long offset) => HasElements ? -1 : Array.IndexOf(_offsets, (int)offset);

    // All slots of an object (or of an array of one element) that is full: they are the ones that the runtime's description names.
    private static int[] OffsetsOf(GCDesc description, int size)
    {
        var full = new byte[Math.Max(size, HeaderAndLength) + sizeof(ulong)];
        Array.Fill(full, (byte)1);
        return [.. description.WalkObject(full, size).Select(slot => slot.Offset).Order()];
    }
}
