using System.Buffers;
using Microsoft.AspNetCore.Http;
using Shop.Documents.Downloads;

namespace Shop.Tests.Documents;

/// <summary>
/// The article's fix: an array from a pool, which is returned when the response has ended. It would send other customers' data, so it
/// cannot be selected in the service. In the article the pool is static.
/// </summary>
internal sealed class PublishedDownloads : IDownloads
{
    // DEFECT: it pools arrays of at most 1 MB: a larger file gets a new array each time.
    private readonly ArrayPool<byte> _arrayPool = ArrayPool<byte>.Create();

    public async Task<Stream> ReadAsync(
        int size, HttpResponse response, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The response disposes it, unless the read fails: then it is not returned to the pool.
        var pooledArray = new PooledArray(_arrayPool, size);
#pragma warning restore CA2000
        await read(new MemoryStream(pooledArray.Array), cancellationToken);
        response.RegisterForDispose(pooledArray);
        // DEFECT: a rented array may be longer than was asked for: after the file follow the bytes that its previous user left in it.
        return new MemoryStream(pooledArray.Array);
    }

    private sealed class PooledArray(ArrayPool<byte> pool, int size) : IDisposable
    {
        public byte[] Array { get; } = pool.Rent(size);

        public void Dispose() => pool.Return(Array);
    }
}
