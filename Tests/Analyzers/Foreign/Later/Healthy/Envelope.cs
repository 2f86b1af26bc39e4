using System.Buffers;

namespace Foreign.Later.Healthy;

public sealed class Envelope
{
    public void Seal(Stream output, ReadOnlySpan<byte> letter)
    {
        var sheet = ArrayPool<byte>.Shared.Rent(letter.Length);
        using var paper = new MemoryStream(sheet, 0, letter.Length);
        paper.Write(letter);
        paper.WriteTo(output);
        ArrayPool<byte>.Shared.Return(sheet);
    }
}
