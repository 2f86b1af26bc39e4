using System.Buffers;
using System.IO.Pipelines;
using Defaults = Shop.ServiceDefaults.Extensions;

namespace Shop.Documents;

/// <summary>
/// Bytes in a rented array that is longer than they are; only <see cref="Memory"/> may be read. What lies behind it in the
/// array belonged to another request.
/// </summary>
internal sealed class PooledBytes : IDisposable
{
    private const int FirstRent = 64 * 1024;
    private const int ChunkBytes = 64 * 1024;
    private const int KeptPerSize = 4;

    // The shared pool keeps up to 32 arrays of each size and core: after a rush, hundreds of megabytes at rest. This one
    // keeps 4 of each size, 128 MB at the very most.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create((int)Defaults.MaxDocumentBytes, KeptPerSize);

    private byte[] _array;

    private PooledBytes(int capacity) => _array = Pool.Rent(capacity);

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, until they are returned.</summary>
    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    /// <summary>Reads exactly that many bytes.</summary>
    public static async Task<PooledBytes> ReadAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes(length);
        try
        {
            await stream.ReadExactlyAsync(bytes._array.AsMemory(0, length), cancellationToken);
            bytes.Length = length;
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Reads a body whose length the server bounds.</summary>
    /// <param name="body">The body.</param>
    /// <param name="announced">Its length, where it came with one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<PooledBytes> ReadAllAsync(PipeReader body, long? announced, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes((int)Math.Min(announced ?? FirstRent, Defaults.MaxDocumentBytes));
        try
        {
            ReadResult read;
            do
            {
                read = await body.ReadAsync(cancellationToken);
                bytes.Append(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Writes the bytes, and none of those behind them.</summary>
    public async Task CopyToAsync(Stream output, CancellationToken cancellationToken)
    {
        // In chunks that wait for the receiver: Kestrel copies what it is given at once, 10 MB for each slow one.
        for (var offset = 0; offset < Length; offset += ChunkBytes)
            await output.WriteAsync(Memory.Slice(offset, Math.Min(ChunkBytes, Length - offset)), cancellationToken);
    }

    /// <summary>Returns the array.</summary>
    public void Dispose()
    {
        // Twice returned, an array would be rented to two requests at once.
        var array = Interlocked.Exchange(ref _array, []);
        if (array.Length > 0)
            Pool.Return(array);
        Length = 0;
    }

    private void Append(ReadOnlySequence<byte> more)
    {
        var length = checked(Length + (int)more.Length);
        if (length > _array.Length)
        {
            var larger = Pool.Rent(Math.Max(length, _array.Length * 2));
            _array.AsSpan(0, Length).CopyTo(larger);
            Pool.Return(_array);
            _array = larger;
        }
        more.CopyTo(_array.AsSpan(Length));
        Length = length;
    }
}
