using System.Buffers;
using System.IO.Pipelines;

namespace Shop.Documents;

/// <summary>
/// Bytes in a rented array that is longer than they are; only <see cref="Memory"/> may be read. What lies behind it in the
/// array belonged to another request.
/// </summary>
internal sealed class PooledBytes : IDisposable
{
    private const int FirstRent = 64 * 1024;
    private byte[] _array;

    private PooledBytes(int capacity) => _array = ArrayPool<byte>.Shared.Rent(capacity);

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

    /// <summary>Reads a body whose length the server bounds: what is rented follows what really came, not what was announced.</summary>
    public static async Task<PooledBytes> ReadAllAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes(FirstRent);
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

    /// <summary>Returns the array.</summary>
    public void Dispose()
    {
        // Twice returned, an array would be rented to two requests at once.
        var array = Interlocked.Exchange(ref _array, []);
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
        Length = 0;
    }

    private void Append(ReadOnlySequence<byte> more)
    {
        var length = checked(Length + (int)more.Length);
        if (length > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _array.Length * 2));
            _array.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }
        more.CopyTo(_array.AsSpan(Length));
        Length = length;
    }
}
