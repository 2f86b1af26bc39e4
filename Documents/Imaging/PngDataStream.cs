namespace Shop.Documents.Imaging;

/// <summary>Reads consecutive IDAT chunks, whose lengths and checksums were checked before, as one stream.</summary>
/// <param name="chunks">The file from its first IDAT chunk on.</param>
internal sealed class PngDataStream(ReadOnlyMemory<byte> chunks) : Stream
{
    private ReadOnlyMemory<byte> _chunks = chunks;
    private ReadOnlyMemory<byte> _data;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (_data.IsEmpty)
        {
            if (!Next())
                return 0;
        }
        var count = Math.Min(buffer.Length, _data.Length);
        _data.Span[..count].CopyTo(buffer);
        _data = _data[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Next()
    {
        var chunk = PngChunk.Read(_chunks.Span, checkCrc: false);
        if (!chunk.Type.SequenceEqual("IDAT"u8))
            return false;
        _data = _chunks.Slice(8, chunk.Data.Length);
        _chunks = _chunks[(PngChunk.Overhead + chunk.Data.Length)..];
        return true;
    }
}
