using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>Turns a stored row of any colour type and depth into RGBA of 8 bits.</summary>
internal sealed class PixelExpander(PngFile file)
{
    private const byte Opaque = 255;
    private readonly PngHeader _header = file.Header;
    private readonly byte[] _palette = ReadPalette(file);
    // The transparent colour's samples at the image's own depth; none is negative.
    private readonly int[] _key = ReadKey(file);

    /// <summary>Expands one row.</summary>
    /// <param name="row">The restored row.</param>
    /// <param name="rgba">Room for four bytes for each of its pixels.</param>
    public void Expand(ReadOnlySpan<byte> row, Span<byte> rgba)
    {
        switch (_header.ColorType)
        {
            case PngColorType.Palette:
                ExpandPalette(row, rgba);
                break;
            case PngColorType.Rgba when _header.BitDepth == 8:
                row[..rgba.Length].CopyTo(rgba);
                break;
            case PngColorType.Rgb or PngColorType.Rgba:
                ExpandColors(row, rgba, hasAlpha: _header.ColorType == PngColorType.Rgba);
                break;
            default:
                ExpandGrays(row, rgba, hasAlpha: _header.ColorType == PngColorType.GrayAlpha);
                break;
        }
    }

    private void ExpandPalette(ReadOnlySpan<byte> row, Span<byte> rgba)
    {
        for (int x = 0, to = 0; to < rgba.Length; x++, to += 4)
        {
            var color = Sample(row, x) * 4;
            if (color >= _palette.Length)
                throw new PngException($"A pixel has the colour {color / 4}, the palette has {_palette.Length / 4}.");
            _palette.AsSpan(color, 4).CopyTo(rgba[to..]);
        }
    }

    private void ExpandGrays(ReadOnlySpan<byte> row, Span<byte> rgba, bool hasAlpha)
    {
        for (int sample = 0, to = 0; to < rgba.Length; to += 4)
        {
            var gray = Sample(row, sample++);
            rgba[to] = rgba[to + 1] = rgba[to + 2] = To8Bits(gray);
            rgba[to + 3] = hasAlpha ? To8Bits(Sample(row, sample++)) : gray == _key[0] ? (byte)0 : Opaque;
        }
    }

    private void ExpandColors(ReadOnlySpan<byte> row, Span<byte> rgba, bool hasAlpha)
    {
        for (int sample = 0, to = 0; to < rgba.Length; to += 4)
        {
            var red = Sample(row, sample++);
            var green = Sample(row, sample++);
            var blue = Sample(row, sample++);
            rgba[to] = To8Bits(red);
            rgba[to + 1] = To8Bits(green);
            rgba[to + 2] = To8Bits(blue);
            rgba[to + 3] = hasAlpha ? To8Bits(Sample(row, sample++)) : red == _key[0] && green == _key[1] && blue == _key[2] ? (byte)0 : Opaque;
        }
    }

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        var depth = _header.BitDepth;
        if (depth == 8)
            return row[index];
        if (depth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]);
        var bit = index * depth;
        return (row[bit / 8] >> (8 - depth - (bit % 8))) & ((1 << depth) - 1);
    }

    private byte To8Bits(int sample) => _header.BitDepth switch
    {
        8 => (byte)sample,
        16 => (byte)(((sample * 255) + 32_767) / 65_535),
        var depth => (byte)(sample * 255 / ((1 << depth) - 1)),
    };

    private static byte[] ReadPalette(PngFile file)
    {
        var colors = file.Palette.Span;
        var alphas = file.Transparency.Span;
        var palette = new byte[colors.Length / 3 * 4];
        for (int color = 0, to = 0; to < palette.Length; color++, to += 4)
        {
            colors.Slice(color * 3, 3).CopyTo(palette.AsSpan(to));
            palette[to + 3] = file.Header.ColorType == PngColorType.Palette && color < alphas.Length ? alphas[color] : Opaque;
        }
        return palette;
    }

    private static int[] ReadKey(PngFile file)
    {
        var key = file.Transparency.Span;
        if (key.IsEmpty || file.Header.ColorType == PngColorType.Palette)
            return [-1, -1, -1];
        return [.. Enumerable.Range(0, file.Header.Channels).Select(channel => (int)BinaryPrimitives.ReadUInt16BigEndian(file.Transparency.Span[(channel * 2)..]))];
    }
}
