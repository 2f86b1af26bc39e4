namespace Shop.Sessions.ActivityMetrics;

/// <summary>Reads what a <see cref="BitWriter"/> wrote.</summary>
internal sealed class BitReader(byte[] bytes)
{
    private const int BitsPerByte = 8;
    private int _bits;

    /// <summary>Reads a number of so many bits, at most 64.</summary>
    public ulong Read(int count)
    {
        var value = 0UL;
        while (count > 0)
        {
            var left = BitsPerByte - (_bits % BitsPerByte);
            var taken = Math.Min(left, count);
            count -= taken;
            var part = (bytes[_bits / BitsPerByte] >> (left - taken)) & ((1 << taken) - 1);
            value = (value << taken) | (uint)part;
            _bits += taken;
        }
        return value;
    }

    /// <summary>Reads a bit.</summary>
    public bool ReadBit() => Read(1) == 1;
}
