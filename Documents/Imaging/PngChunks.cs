using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>
/// Refuses what Skia tolerates: other formats than PNG, a file that ends before its last chunk, and bytes after it. Skia
/// itself checks the header, the checksums of the header and the pixels, and that all pixels are there.
/// </summary>
internal static class PngChunks
{
    // A chunk has its length and type before its data, and its checksum behind them.
    private const int HeaderBytes = 8;
    private const int ChecksumBytes = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Walks the chunks of a file and returns how many bytes of compressed pixels they hold.</summary>
    /// <exception cref="PngException">The file is not exactly one PNG.</exception>
    public static long MeasurePixelData(Stream file)
    {
        file.Position = 0;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (!TryRead(file, header) || !header.SequenceEqual(Signature))
            throw new PngException("The file does not begin with PNG's signature.");
        long pixelData = 0;
        do
        {
            if (!TryRead(file, header))
                throw new PngException("The file ends before its IEND chunk.");
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            file.Position += length + ChecksumBytes;
            if (file.Position > file.Length)
                throw new PngException("The file ends inside a chunk.");
            pixelData += header[4..].SequenceEqual("IDAT"u8) ? length : 0;
        }
        while (!header[4..].SequenceEqual("IEND"u8));
        // Editors that crop a picture in place have left parts of the old one there.
        return file.Position == file.Length
            ? pixelData
            : throw new PngException($"{file.Length - file.Position} bytes follow the image's end.");
    }

    private static bool TryRead(Stream file, Span<byte> header)
        => file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
}
