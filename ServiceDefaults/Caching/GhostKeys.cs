namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Hashes of recently evicted keys. A key that is inserted again soon starts with one use: without that, a popular key that the queue's
/// hand evicted early would start without uses each time.
/// </summary>
internal sealed class GhostKeys
{
    // Each slot: the hash in the upper half, the sequence number in the lower. A later ghost overwrites an earlier one in its slot.
    private ulong[] _slots = new ulong[16];
    private uint _sequence;

    public void Add(uint hash) => _slots[hash & (_slots.Length - 1)] = (ulong)hash << 32 | ++_sequence;

    /// <summary>Whether a key with this hash is among the <paramref name="last"/> ones that were added.</summary>
    public bool Contains(uint hash, int last)
    {
        var slot = _slots[hash & (_slots.Length - 1)];
        return slot != 0 && slot >> 32 == hash && _sequence - (uint)slot < last;
    }

    /// <summary>Removes all hashes and sets the number of slots, a power of two.</summary>
    public void Resize(int size) => _slots = new ulong[size];
}
