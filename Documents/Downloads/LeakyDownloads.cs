using System.Diagnostics.CodeAnalysis;

namespace Shop.Documents.Downloads;

/// <summary>
/// Retains nothing, but each download allocates an array of the file's size, up to 10 MB; from 85,000 bytes on it is on the large object
/// heap.
/// </summary>
internal sealed class LeakyDownloads : IDownloads
{
    [SuppressMessage("Memory", "SHOP5007", Justification = "The incident: a collection about every second.")]
    public async Task<Stream> ReadAsync(
        int size, HttpResponse response, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        // LEAK: a new array for each download, although it is needed only until it has been sent.
        var content = new MemoryStream(new byte[size]);
        await read(content, cancellationToken);
        return content;
    }
}
