namespace Shop.Documents.Imaging;

/// <summary>
/// A PNG in memory whose chunks have been checked: signature, order, lengths and checksums. Nothing has been inflated and
/// nothing in the image's size allocated. It refers to the bytes that it was read from.
/// </summary>
internal sealed class PngFile
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private PngHeader? _header;
    private int _firstData = -1;

    private PngFile(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public PngHeader Header => _header!;

    /// <summary>Three bytes for each colour; empty without a palette.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>The tRNS chunk: an alpha for each of the palette's first colours, or the one colour that is transparent.</summary>
    public ReadOnlyMemory<byte> Transparency { get; private set; }

    /// <summary>The compressed pixels: the data of the IDAT chunks as one stream.</summary>
    public Stream OpenData() => new PngDataStream(_bytes[_firstData..]);

    /// <summary>Reads the chunks.</summary>
    /// <exception cref="PngException">The bytes are no PNG, or one that is not taken.</exception>
    public static PngFile Read(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.Span.StartsWith(PngChunk.Signature))
            throw new PngException("The file does not begin with PNG's signature.");
        var file = new PngFile(bytes);
        file.ReadChunks();
        return file;
    }

    private void ReadChunks()
    {
        var offset = PngChunk.Signature.Length;
        var inData = false;
        while (true)
        {
            var chunk = PngChunk.Read(_bytes.Span[offset..]);
            var isData = chunk.Type.SequenceEqual("IDAT"u8);
            if (isData && _firstData >= 0 && !inData)
                throw new PngException("The IDAT chunks do not follow each other.");
            if (isData && _firstData < 0)
                _firstData = BeginData(offset);
            inData = isData;
            offset += PngChunk.Overhead + chunk.Data.Length;
            if (chunk.Type.SequenceEqual("IEND"u8))
            {
                End(chunk, offset);
                return;
            }
            if (!isData)
                Take(chunk, _bytes.Slice(offset - 4 - chunk.Data.Length, chunk.Data.Length));
        }
    }

    private void Take(PngChunk chunk, ReadOnlyMemory<byte> data)
    {
        if (chunk.Type.SequenceEqual("IHDR"u8))
        {
            if (_header is not null)
                throw new PngException("The file has a second IHDR chunk.");
            _header = PngHeader.Read(data.Span);
            return;
        }
        if (_header is null)
            throw new PngException("The first chunk must be IHDR.");
        if (chunk.Type.SequenceEqual("PLTE"u8))
            TakePalette(data);
        else if (chunk.Type.SequenceEqual("tRNS"u8))
            TakeTransparency(data);
        else if (chunk.IsCritical)
            throw new PngException($"The chunk {chunk.Name} is unknown and needed to show the image.");
    }

    private void TakePalette(ReadOnlyMemory<byte> data)
    {
        if (!Palette.IsEmpty || !Transparency.IsEmpty || _firstData >= 0)
            throw new PngException("The PLTE chunk must come once, before tRNS and IDAT.");
        if (Header.ColorType is PngColorType.Gray or PngColorType.GrayAlpha)
            throw new PngException("A gray image has no palette.");
        var colors = Header.ColorType == PngColorType.Palette ? 1 << Header.BitDepth : 256;
        if (data.Length == 0 || data.Length % 3 != 0 || data.Length / 3 > colors)
            throw new PngException($"The palette must have 1 to {colors} colours of 3 bytes; it has {data.Length} bytes.");
        Palette = data;
    }

    private void TakeTransparency(ReadOnlyMemory<byte> data)
    {
        if (!Transparency.IsEmpty || _firstData >= 0)
            throw new PngException("The tRNS chunk must come once, before IDAT.");
        var isSound = Header.ColorType switch
        {
            PngColorType.Gray => data.Length == 2,
            PngColorType.Rgb => data.Length == 6,
            PngColorType.Palette => data.Length > 0 && data.Length <= Palette.Length / 3,
            _ => false,
        };
        if (!isSound)
            throw new PngException("The tRNS chunk does not fit the colour type or the palette.");
        Transparency = data;
    }

    private int BeginData(int offset)
    {
        if (_header is null)
            throw new PngException("The first chunk must be IHDR.");
        if (_header.ColorType == PngColorType.Palette && Palette.IsEmpty)
            throw new PngException("The palette is missing.");
        return offset;
    }

    // What follows the end is no part of the image; editors that crop in place have leaked the old picture there.
    private void End(PngChunk chunk, int offset)
    {
        if (_header is null || _firstData < 0)
            throw new PngException("The file has no pixels: IHDR or IDAT is missing.");
        if (chunk.Data.Length != 0)
            throw new PngException("The IEND chunk must be empty.");
        if (offset != _bytes.Length)
            throw new PngException($"{_bytes.Length - offset} bytes follow the image's end.");
    }
}
