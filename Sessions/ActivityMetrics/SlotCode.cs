namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// The code of the slots in a chunk: the difference of two differences, which is 0 as long as the activities come at even intervals. A
/// prefix tells its length. The idea and the lengths are those of Gorilla (https://www.vldb.org/pvldb/vol8/p1816-teller.pdf, 4.1.1).
/// </summary>
internal struct SlotCode
{
    private const int MaxBits = 64;
    // The prefix is as many ones as there are shorter lengths, and a zero, which the last one does without.
    private static readonly int[] Lengths = [0, 7, 9, 12, MaxBits];
    private long _slot;
    private long _difference;

    /// <summary>Writes the next slot.</summary>
    public void Write(BitWriter bits, long slot)
    {
        var difference = slot - _slot;
        var change = difference - _difference;
        (_slot, _difference) = (slot, difference);
        var prefix = 0;
        for (; !Fits(change, Lengths[prefix]); prefix++)
            bits.Write(1, 1);
        if (Lengths[prefix] < MaxBits)
            bits.Write(0, 1);
        bits.Write((ulong)change, Lengths[prefix]);
    }

    /// <summary>Reads the next slot.</summary>
    public long Read(BitReader bits)
    {
        var prefix = 0;
        while (Lengths[prefix] < MaxBits && bits.ReadBit())
            prefix++;
        _difference += SignExtend(bits.Read(Lengths[prefix]), Lengths[prefix]);
        return _slot += _difference;
    }

    private static bool Fits(long value, int bits) => SignExtend((ulong)value, bits) == value;

    private static long SignExtend(ulong value, int bits) => bits == 0 ? 0 : (long)(value << (MaxBits - bits)) >> (MaxBits - bits);
}
