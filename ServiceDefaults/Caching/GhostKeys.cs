namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Hashes of keys that made room lately. A key that comes back soon starts as one that was used: without that, a popular key that
/// the hand met early would start from nothing each time.
/// </summary>
internal sealed class GhostKeys
{
    // Each slot: hash in the upper half, turn in the lower. A later ghost takes an earlier one's slot.
    private ulong[] _slots = new ulong[16];
    private uint _turn;

    public void Add(uint hash) => _slots[hash & (_slots.Length - 1)] = (ulong)hash << 32 | ++_turn;

    /// <summary>Whether a key with this hash is among the last so many that were added.</summary>
    public bool Contains(uint hash, int last)
    {
        var slot = _slots[hash & (_slots.Length - 1)];
        return slot != 0 && slot >> 32 == hash && _turn - (uint)slot < last;
    }

    /// <summary>Forgets all and makes room for so many, a power of two.</summary>
    public void Resize(int size) => _slots = new ulong[size];
}
