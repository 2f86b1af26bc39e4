using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>
/// Refuses what Skia tolerates: other formats than PNG, a file that ends before its last chunk, and bytes after it. Skia
/// itself checks the header, the checksums of the header and the pixels, and that all pixels are there.
/// </summary>
internal static class PngChunks
{
    // Length, type and checksum, four bytes each.
    private const int Overhead = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Walks the chunks of a file and returns how many bytes of compressed pixels they hold.</summary>
    /// <exception cref="PngException">The file is not exactly one PNG.</exception>
    public static long MeasurePixelData(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new PngException("The file does not begin with PNG's signature.");
        var rest = file[Signature.Length..];
        for (long pixelData = 0; ;)
        {
            var (isPixelData, isEnd, length) = Read(rest);
            rest = rest[(Overhead + length)..];
            pixelData += isPixelData ? length : 0;
            if (!isEnd)
                continue;
            // Editors that crop a picture in place have left parts of the old one there.
            return rest.IsEmpty ? pixelData : throw new PngException($"{rest.Length} bytes follow the image's end.");
        }
    }

    private static (bool IsPixelData, bool IsEnd, int Length) Read(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < Overhead)
            throw new PngException("The file ends before its IEND chunk.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
            throw new PngException("The file ends inside a chunk.");
        var type = rest.Slice(4, 4);
        return (type.SequenceEqual("IDAT"u8), type.SequenceEqual("IEND"u8), (int)length);
    }
}
