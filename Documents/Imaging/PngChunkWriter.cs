using System.Buffers;
using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>Cuts what is written to it into IDAT chunks.</summary>
internal sealed class PngChunkWriter(IBufferWriter<byte> output) : Stream
{
    private const int MaxData = 32 * 1024;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(MaxData);
    private int _filled;
    private bool _isDisposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes one chunk.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = output.GetSpan(PngChunk.Overhead + data.Length);
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk[4..]);
        data.CopyTo(chunk[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[(8 + data.Length)..], Crc32.Of(type, data));
        output.Advance(PngChunk.Overhead + data.Length);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, MaxData - _filled);
            buffer[..count].CopyTo(_buffer.AsSpan(_filled));
            buffer = buffer[count..];
            _filled += count;
            if (_filled == MaxData)
                WriteChunk();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // The chunks need not end where the compressor flushes.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The compressor disposes it too.
        if (!_isDisposed && disposing)
        {
            _isDisposed = true;
            WriteChunk();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        if (_filled > 0)
            Write(output, "IDAT"u8, _buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}
