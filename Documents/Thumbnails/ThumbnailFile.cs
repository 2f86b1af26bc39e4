using System.Security.Cryptography;
using System.Text;

namespace Shop.Documents.Thumbnails;

/// <summary>
/// A thumbnail's file: a SHA-256 of its key and its PNG, then the PNG. It appears complete or not at all, even if the process is killed.
/// After a power failure it may be incomplete, which the digest shows, as it shows any other damage and another document's thumbnail.
/// </summary>
internal readonly struct ThumbnailFile(string folder, ThumbnailKey key)
{
    private const int DigestBytes = SHA256.HashSizeInBytes;
    private readonly string _path = Path.Combine(folder, key.FileName);

    public bool Exists => File.Exists(_path);

    /// <summary>The length of the file of a PNG, in bytes.</summary>
    public static int LengthOf(byte[] png) => DigestBytes + png.Length;

    /// <summary>Reads the PNG and marks the file as used; null if it is damaged.</summary>
    /// <exception cref="IOException">The file cannot be read, or was deleted meanwhile.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        if (new FileInfo(_path).Length is < DigestBytes or > DigestBytes + FixedThumbnails.MaxEntryBytes)
            return null;
        var content = await File.ReadAllBytesAsync(_path, cancellationToken);
        if (content.Length < DigestBytes)
            return null;
        var png = content[DigestBytes..];
        if (!content.AsSpan(0, DigestBytes).SequenceEqual(Digest(png)))
            return null;
        // The time of the last access is unreliable: most file systems are mounted with relatime or noatime.
        File.SetLastWriteTimeUtc(_path, DateTime.UtcNow);
        return png;
    }

    /// <summary>Writes or replaces the file.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing of it is left.</exception>
    public async Task WriteAsync(byte[] png, CancellationToken cancellationToken)
    {
        // Renaming within a folder is atomic. Another replica may write the same thumbnail at the same time.
        var unfinished = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await file.WriteAsync(Digest(png), cancellationToken);
                await file.WriteAsync(png, cancellationToken);
            }
            File.Move(unfinished, _path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public void Delete() => File.Delete(_path);

    private byte[] Digest(ReadOnlySpan<byte> png)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(_path)));
        digest.AppendData(png);
        return digest.GetHashAndReset();
    }
}
