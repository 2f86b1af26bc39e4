using System.Buffers;

namespace Foreign.Later.Defects;

public sealed class Envelope
{
    public void Seal(Stream output, ReadOnlySpan<byte> letter)
    {
        var sheet = ArrayPool<byte>.Shared.Rent(512);
        var paper = new MemoryStream(sheet, 0, sheet.Length);
        paper.Write(letter);
        paper.WriteTo(output);
        ArrayPool<byte>.Shared.Return(sheet);
    }
}
