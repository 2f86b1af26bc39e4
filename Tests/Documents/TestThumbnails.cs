using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.Thumbnails;

namespace Shop.Tests.Documents;

/// <summary>Documents with thumbnails that a test can compute again from their number.</summary>
internal static class TestThumbnails
{
    public static DocumentView Document(int number)
        => new(new Guid(number, 0, 0, new byte[8]), "owner", null, DocumentKind.Upload, 1, 1, 1, $"{number:x64}", DateTimeOffset.UnixEpoch);

    public static ThumbnailKey Key(int number) => new(Document(number).DocumentId, Document(number).Sha256);

    /// <summary>Random bytes, which are the same for the same number and length.</summary>
    public static byte[] Png(int number, int length)
    {
        var png = new byte[length];
        new Random(number).NextBytes(png);
        return png;
    }

    public static ThumbnailFolder Folder(string? path, long diskBytes, ILoggerFactory? loggers = null)
        => new(
            Options.Create(new ThumbnailOptions { Folder = path, DiskBytes = diskBytes }),
            (loggers ?? NullLoggerFactory.Instance).CreateLogger<ThumbnailFolder>());

    /// <summary>The total length of the files in a folder, in bytes.</summary>
    public static long BytesIn(string path) => new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);
}
