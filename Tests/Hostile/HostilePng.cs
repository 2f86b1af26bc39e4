using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Shop.Tests.Hostile;

/// <summary>PNG files that a customer should not get through, written by hand so that the Shop's own encoder does not judge itself.</summary>
internal static class HostilePng
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Create(string kind) => kind switch
    {
        "not a png" => Encoding.UTF8.GetBytes("GIF89a, or so it says"),
        "header only" => Signature,
        "65535 x 65535" => Png(65_535, 65_535, Deflate(new byte[64])),
        "zip bomb" => Png(8, 8, Deflate(new byte[64 * 1024 * 1024])),
        "truncated" => Sound()[..^20],
        "wrong checksum" => WithWrongChecksum(),
        "empty" => [],
        "sound" => Sound(),
        "over the limit" => [.. Sound(), .. new byte[10 * 1024 * 1024]],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such image."),
    };

    /// <summary>A sound image of 8 × 8 grey pixels.</summary>
    public static byte[] Sound() => Png(8, 8, Deflate(new byte[8 * (1 + 8)]));

    /// <summary>An image whose header announces that size and whose chunks are in order; the pixels are not there.</summary>
    public static byte[] Announcing(int width, int height) => Png(width, height, Deflate([]));

    private static byte[] WithWrongChecksum()
    {
        var png = Sound();
        png[Signature.Length + 8 + 13] ^= 0xFF;
        return png;
    }

    private static byte[] Png(int width, int height, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[4 + typed.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + typed.Length), Crc(typed));
        return chunk;
    }

    private static byte[] Deflate(byte[] raw)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
            zlib.Write(raw);
        return output.ToArray();
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
