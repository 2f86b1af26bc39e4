using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;

namespace Shop.Tests.Hostile;

/// <summary>PNG files that the Shop must reject. No encoder writes such files, so this class assembles their chunks.</summary>
internal static class HostilePng
{
    private const int Side = 8;
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] Pixels = new byte[Side * (1 + Side)];

    public static byte[] Create(string kind) => kind switch
    {
        "not a png" => Encoding.UTF8.GetBytes("GIF89a, or so it says"),
        "another format" => Encode(SKEncodedImageFormat.Jpeg),
        "header only" => Signature,
        "65535 x 65535" => Png(65_535, 65_535, Deflate(new byte[64])),
        "no pixels" => Png(0, Side, Deflate(Pixels)),
        "zip bomb" => Png(Side, Side, Deflate(new byte[64 * 1024 * 1024])),
        "bomb beside the pixels" => Png(Side, Side, Deflate(Pixels), Chunk("iCCP", [.. "p\0\0"u8, .. Deflate(new byte[64 * 1024 * 1024])])),
        "fewer pixels" => Png(Side, Side, Deflate(Pixels[..^1])),
        "unknown filter" => Png(Side, Side, Deflate([.. Enumerable.Repeat((byte)9, Pixels.Length)])),
        "truncated" => Valid()[..^20],
        "without its end" => Valid()[..^12],
        "bytes after its end" => [.. Valid(), .. Valid()],
        "endless chunk" => WithByte(Signature.Length + 4 + 4 + 13 + 4, 0x7F),
        "wrong checksum" => WithByte(Signature.Length + 8 + 13, 0xFF),
        "wrong checksum of the pixels" => WithByte(Valid().Length - 12 - 1, 0xFF),
        "empty" => [],
        "valid" => Valid(),
        "over the limit" => [.. Valid(), .. new byte[10 * 1024 * 1024]],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such image."),
    };

    /// <summary>A valid image of 8 × 8 pixels.</summary>
    public static byte[] Valid() => Encode(SKEncodedImageFormat.Png);

    /// <summary>A file whose header declares the given size and whose chunks are in order, but which contains no pixels.</summary>
    public static byte[] WithDeclaredSize(int width, int height) => Png(width, height, Deflate([]));

    private static byte[] Encode(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.Gray);
        using var image = bitmap.Encode(format, quality: 100);
        return image.ToArray();
    }

    private static byte[] WithByte(int index, byte changed)
    {
        var png = Valid();
        png[index] ^= changed;
        return png;
    }

    // 8-bit grayscale, not interlaced.
    private static byte[] Png(int width, int height, byte[] data, params byte[] before)
    {
        byte[] header = [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, 0, 0, 0, 0];
        return [.. Signature, .. Chunk("IHDR", header), .. before, .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. typed, .. BigEndian(Crc32.HashToUInt32(typed))];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Deflate(byte[] raw)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
            zlib.Write(raw);
        return output.ToArray();
    }
}
