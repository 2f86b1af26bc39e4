namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Finds an object by its address: a table of the first object in each few kilobytes leads near it.</summary>
internal sealed class AddressIndex
{
    private const int BrickShift = 11;
    private const int BlockShift = 22;
    private readonly ulong[] _addresses;
    private readonly Dictionary<ulong, int[]> _blocks = [];
    private ulong _lastBlock = ulong.MaxValue;
    private int[]? _lastBricks;

    /// <param name="addresses">Sorted.</param>
    public AddressIndex(ulong[] addresses)
    {
        _addresses = addresses;
        for (var item = addresses.Length - 1; item >= 0; item--)
            BricksOf(addresses[item])[BrickOf(addresses[item])] = item + 1;
    }

    /// <summary>The object that starts at the address; <see cref="HeapGraph.Null"/> if none does.</summary>
    public int Find(ulong address)
    {
        if (address == 0)
            return HeapGraph.Null;
        var block = address >> BlockShift;
        if (block != _lastBlock)
        {
            _lastBlock = block;
            _lastBricks = _blocks.GetValueOrDefault(block);
        }
        if (_lastBricks is null || _lastBricks[BrickOf(address)] is not (var first and > 0))
            return HeapGraph.Null;
        for (var item = first - 1; item < _addresses.Length && _addresses[item] <= address; item++)
        {
            if (_addresses[item] == address)
                return item;
        }
        return HeapGraph.Null;
    }

    private static int BrickOf(ulong address) => (int)((address >> BrickShift) & ((1 << (BlockShift - BrickShift)) - 1));

    private int[] BricksOf(ulong address)
    {
        var block = address >> BlockShift;
        return _blocks.TryGetValue(block, out var bricks) ? bricks : _blocks[block] = new int[1 << (BlockShift - BrickShift)];
    }
}
