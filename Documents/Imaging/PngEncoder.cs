using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Shop.Documents.Imaging;

/// <summary>Fills one row of an image to encode: three or four bytes for each pixel.</summary>
internal delegate void RowPainter(int y, Span<byte> row);

/// <summary>Encodes RGB and RGBA images of 8 bits, a row at a time.</summary>
internal static class PngEncoder
{
    /// <summary>Encodes an image into a buffer of its own size.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="colorType"><see cref="PngColorType.Rgb"/> or <see cref="PngColorType.Rgba"/>.</param>
    /// <param name="paint">Called once for each row, from the top.</param>
    public static byte[] Encode(int width, int height, PngColorType colorType, RowPainter paint)
    {
        if (colorType is not (PngColorType.Rgb or PngColorType.Rgba))
            throw new ArgumentOutOfRangeException(nameof(colorType), colorType, "Only RGB and RGBA are encoded.");
        var header = new PngHeader(width, height, 8, colorType, IsInterlaced: false);
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        output.Write(PngChunk.Signature);
        WriteHeader(output, header);
        using (var data = new PngChunkWriter(output))
        {
            using var pixels = new ZLibStream(data, CompressionLevel.Optimal);
            WritePixels(pixels, header, paint);
        }
        PngChunkWriter.Write(output, "IEND"u8, []);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteHeader(ArrayBufferWriter<byte> output, PngHeader header)
    {
        Span<byte> chunk = stackalloc byte[PngHeader.Length];
        chunk.Clear();
        BinaryPrimitives.WriteInt32BigEndian(chunk, header.Width);
        BinaryPrimitives.WriteInt32BigEndian(chunk[4..], header.Height);
        chunk[8] = (byte)header.BitDepth;
        chunk[9] = (byte)header.ColorType;
        PngChunkWriter.Write(output, "IHDR"u8, chunk);
    }

    private static void WritePixels(ZLibStream pixels, PngHeader header, RowPainter paint)
    {
        var length = header.RowBytes(header.Width);
        var pool = ArrayPool<byte>.Shared;
        var (row, above, stored) = (pool.Rent(length), pool.Rent(length), pool.Rent(length + 1));
        try
        {
            above.AsSpan(0, length).Clear();
            for (var y = 0; y < header.Height; y++)
            {
                paint(y, row.AsSpan(0, length));
                Filter(row.AsSpan(0, length), above, header.FilterStep, stored);
                pixels.Write(stored, 0, length + 1);
                (row, above) = (above, row);
            }
        }
        finally
        {
            pool.Return(row);
            pool.Return(above);
            pool.Return(stored);
        }
    }

    // Up for a row like the one above it, else Paeth: between them nearly as small as trying all five.
    private static void Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> stored)
    {
        var isRepeated = row.SequenceEqual(above[..row.Length]);
        stored[0] = isRepeated ? PngFilter.Up : PngFilter.Paeth;
        for (var i = 0; i < row.Length; i++)
        {
            var predicted = isRepeated || i < step ? above[i] : PngFilter.Predict(row[i - step], above[i], above[i - step]);
            stored[i + 1] = (byte)(row[i] - predicted);
        }
    }
}
