using System.IO.Enumeration;
using Microsoft.Extensions.Options;

namespace Shop.Documents.Thumbnails;

/// <summary>
/// The thumbnails on disk, a <see cref="ThumbnailFile"/> each. They take at most <see cref="ThumbnailOptions.DiskBytes"/>, also while two
/// replicas write to the folder; the longest unused files are deleted first. A failure of the disk is logged and never thrown: without the
/// folder, thumbnails are rendered.
/// </summary>
internal sealed partial class ThumbnailFolder : IDisposable
{
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly bool _isTemporary;
    // After a clean-up the files take at most 80 % of the bound, and each replica writes at most 10 % before its next clean-up.
    private readonly long _maxCleanBytes;
    private readonly long _maxWrittenBytes;
    private volatile string? _path;
    private volatile bool _isFailing;
    private long _writtenBytes;

    public ThumbnailFolder(IOptions<ThumbnailOptions> options, ILogger<ThumbnailFolder> logger)
    {
        _logger = logger;
        _path = options.Value.Folder;
        _isTemporary = _path is null;
        _maxCleanBytes = options.Value.DiskBytes / 10 * 8;
        _maxWrittenBytes = options.Value.DiskBytes / 10;
        // The first write cleans up what an earlier process left.
        _writtenBytes = _maxWrittenBytes;
    }

    /// <summary>Reads a thumbnail; null if it is not there, or damaged, which deletes it.</summary>
    public async ValueTask<byte[]?> FindAsync(ThumbnailKey key, CancellationToken cancellationToken)
    {
        if (_path is not { } folder)
            return null;
        var file = new ThumbnailFile(folder, key);
        try
        {
            if (!file.Exists)
                return null;
            if (await file.ReadAsync(cancellationToken) is { } png)
                return png;
            LogDamaged(_logger, key.FileName);
            file.Delete();
        }
        catch (FileNotFoundException)
        {
            // Another replica has deleted it meanwhile.
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            Report(exception);
        }
        return null;
    }

    /// <summary>Writes a thumbnail of at most <see cref="FixedThumbnails.MaxEntryBytes"/>, if the disk allows.</summary>
    public async Task WriteAsync(ThumbnailKey key, byte[] png, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _path ??= Directory.CreateTempSubdirectory("shop-thumbnails-").FullName;
            Directory.CreateDirectory(_path);
            MakeRoom(_path, ThumbnailFile.LengthOf(png));
            await new ThumbnailFile(_path, key).WriteAsync(png, cancellationToken);
            _isFailing = false;
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            Report(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Deletes all files.</summary>
    public void Clear()
    {
        try
        {
            if (_path is { } folder && Directory.Exists(folder))
                DeleteLongestUnused(folder, maxBytes: 0);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            Report(exception);
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        if (_isTemporary && Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    private void MakeRoom(string folder, int bytes)
    {
        if (_writtenBytes + bytes > _maxWrittenBytes)
        {
            DeleteLongestUnused(folder, _maxCleanBytes);
            _writtenBytes = 0;
        }
        _writtenBytes += bytes;
    }

    // Unfinished files, which a killed process leaves, are files like the others: as nobody reads them, they are soon the longest unused.
    private static void DeleteLongestUnused(string folder, long maxBytes)
    {
        var files = new FileSystemEnumerable<(string Path, long Length, DateTimeOffset Used)>(
            folder, (ref FileSystemEntry file) => (file.ToFullPath(), file.Length, file.LastWriteTimeUtc)).ToList();
        var bytes = files.Sum(file => file.Length);
        foreach (var file in files.OrderBy(file => file.Used).TakeWhile(_ => bytes > maxBytes))
        {
            File.Delete(file.Path);
            bytes -= file.Length;
        }
    }

    // Only the first of several failures in a row: a full disk should not be filled with its own log.
    private void Report(Exception exception)
    {
        if (!_isFailing)
            LogFailed(_logger, exception);
        _isFailing = true;
    }

    private static bool IsOfDisk(Exception exception) => exception is IOException or UnauthorizedAccessException;

    [LoggerMessage(LogLevel.Warning, "The thumbnail {File} was damaged on disk")]
    private static partial void LogDamaged(ILogger logger, string file);

    [LoggerMessage(LogLevel.Warning, "The folder of the thumbnails failed; until a write succeeds, further failures are not logged")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
