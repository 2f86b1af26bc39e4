namespace Shop.Documents.Downloads;

/// <summary>Provides the memory for the files that customers download.</summary>
internal interface IDownloads
{
    /// <summary>Reads a file of the given size and returns it as the body of the response, which disposes it.</summary>
    Task<Stream> ReadAsync(
        int size, HttpResponse response, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken);
}
