namespace Shop.Documents.Downloads;

/// <summary>
/// Rents blocks of 64 KB from <see cref="ContentBuffers"/>, which retains at most 8 MB of free ones. The body ends where the file ends, and
/// the blocks are returned when the body has been sent or the request has failed.
/// </summary>
internal sealed class FixedDownloads(ContentBuffers buffers) : IDownloads
{
    public async Task<Stream> ReadAsync(
        int size, HttpResponse response, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        // FIX: rented memory behind a stream that is as long as what was read, not as long as what was rented.
        var content = buffers.GetStream();
        try
        {
            await read(content, cancellationToken);
            return content;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
