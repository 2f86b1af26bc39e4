using System.Buffers.Binary;
using System.IO.Compression;

namespace Shop.Lab.Load;

/// <summary>A few small images that customers upload: seeded blocks of colour, made once.</summary>
internal sealed class PngImages
{
    private const int Images = 8;
    private const int Side = 96;
    private const int Block = 16;
    private const int BytesPerPixel = 3;
    private readonly byte[][] _images;

    public PngImages(int seed)
    {
        var random = new Random(seed);
        _images = [.. Enumerable.Range(0, Images).Select(_ => Encode(Paint(random)))];
    }

    public byte[] Choose(Random random) => _images[random.Next(_images.Length)];

    // Each row begins with its filter, none.
    private static byte[] Paint(Random random)
    {
        var colours = new byte[Side / Block * (Side / Block) * BytesPerPixel];
        random.NextBytes(colours);
        var rows = new byte[Side * (1 + (Side * BytesPerPixel))];
        for (var y = 0; y < Side; y++)
        {
            var row = rows.AsSpan(y * (1 + (Side * BytesPerPixel)) + 1);
            for (var x = 0; x < Side; x++)
                colours.AsSpan(((y / Block * (Side / Block)) + (x / Block)) * BytesPerPixel, BytesPerPixel).CopyTo(row[(x * BytesPerPixel)..]);
        }
        return rows;
    }

    private static byte[] Encode(byte[] rows)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        // Eight bits per channel, true colour.
        (header[8], header[9]) = (8, 2);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(rows));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
            zlib.Write(rows);
        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        return crc;
    }
}
