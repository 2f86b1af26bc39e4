using System.Numerics;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// The code of the totals in a chunk: the bits that differ from the previous total. They lie close together, so that a window of them is
/// written, which the next total uses too where its own bits fit. The idea is Gorilla's (4.1.2).
/// </summary>
internal struct TotalCode
{
    private const int MaxBits = 64;
    private const int LeadingBits = 5;
    private const int MaxLeading = (1 << LeadingBits) - 1;
    private const int LengthBits = 6;
    private ulong _total;
    private int _leading;
    private int _length;

    private readonly int Trailing => MaxBits - _leading - _length;

    /// <summary>Writes the next total.</summary>
    public void Write(BitWriter bits, double total)
    {
        var value = BitConverter.DoubleToUInt64Bits(total);
        var changed = value ^ _total;
        _total = value;
        bits.Write(changed == 0 ? 0UL : 1, 1);
        if (changed == 0)
            return;
        var isNew = SetWindow(Math.Min(MaxLeading, BitOperations.LeadingZeroCount(changed)), BitOperations.TrailingZeroCount(changed));
        bits.Write(isNew ? 1UL : 0, 1);
        if (isNew)
        {
            bits.Write((ulong)_leading, LeadingBits);
            bits.Write((ulong)(_length - 1), LengthBits);
        }
        bits.Write(changed >> Trailing, _length);
    }

    /// <summary>Reads the next total.</summary>
    public double Read(BitReader bits)
    {
        if (bits.ReadBit())
        {
            if (bits.ReadBit())
                (_leading, _length) = ((int)bits.Read(LeadingBits), (int)bits.Read(LengthBits) + 1);
            _total ^= bits.Read(_length) << Trailing;
        }
        return BitConverter.UInt64BitsToDouble(_total);
    }

    // A window that is much too long costs more than a new one.
    private bool SetWindow(int leading, int trailing)
    {
        var length = MaxBits - leading - trailing;
        var fits = leading >= _leading && trailing >= Trailing;
        if (fits && _length <= LeadingBits + LengthBits + length)
            return false;
        (_leading, _length) = (leading, length);
        return true;
    }
}
