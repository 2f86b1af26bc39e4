using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>
/// Rejects files that Skia tolerates: formats other than PNG, truncated files, and files with data after the last chunk. Skia
/// validates the header, the checksums of the header and the pixels, and that the pixels are complete.
/// </summary>
internal static class PngChunks
{
    // A chunk consists of its length, its type, its data and its checksum.
    private const int HeaderBytes = 8;
    private const int ChecksumBytes = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Reads the chunk headers of a file and returns the number of bytes of compressed pixels.</summary>
    /// <exception cref="PngException">The file is not exactly one PNG.</exception>
    public static long MeasurePixelData(Stream file)
    {
        file.Position = 0;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (!TryRead(file, header) || !header.SequenceEqual(Signature))
            throw new PngException("The file does not start with the PNG signature.");
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
        // Image editors that crop a file in place have left parts of the original image there.
        return file.Position == file.Length
            ? pixelData
            : throw new PngException($"{file.Length - file.Position} bytes follow the end of the image.");
    }

    private static bool TryRead(Stream file, Span<byte> header)
        => file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
}
