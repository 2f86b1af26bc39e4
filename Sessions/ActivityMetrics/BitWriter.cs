namespace Shop.Sessions.ActivityMetrics;

/// <summary>Appends numbers of a few bits each, the most significant bit first.</summary>
internal sealed class BitWriter
{
    private const int BitsPerByte = 8;
    // Doubling would leave half of the array unused, and most series are short.
    private const int Step = 32;
    private byte[] _bytes = [];
    private int _bits;

    /// <summary>The bytes that are allocated.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Appends the lowest bits of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">The number of bits, at most 64.</param>
    public void Write(ulong value, int count)
    {
        if (_bits + count > _bytes.Length * BitsPerByte)
            Array.Resize(ref _bytes, _bytes.Length + Step);
        while (count > 0)
        {
            var free = BitsPerByte - (_bits % BitsPerByte);
            var taken = Math.Min(free, count);
            count -= taken;
            var part = (value >> count) & ((1UL << taken) - 1);
            _bytes[_bits / BitsPerByte] |= (byte)(part << (free - taken));
            _bits += taken;
        }
    }

    /// <summary>Releases the bytes that are not used.</summary>
    public void Trim() => Array.Resize(ref _bytes, (_bits + BitsPerByte - 1) / BitsPerByte);

    /// <summary>Reads the bits from the first.</summary>
    public BitReader Read() => new(_bytes);

    /// <summary>A copy, which may be read while the original changes.</summary>
    public BitWriter Copy() => new() { _bytes = [.. _bytes], _bits = _bits };
}
