using System.Buffers.Binary;
using System.Text;

namespace Shop.Documents.Imaging;

/// <summary>One chunk of a PNG in memory: 4 bytes length, 4 bytes type, the data, 4 bytes CRC over type and data.</summary>
internal readonly ref struct PngChunk
{
    /// <summary>What a chunk takes beside its data.</summary>
    public const int Overhead = 12;

    /// <summary>The first bytes of every PNG; the line ends in it show a transfer that rewrote them.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Type = type;
        Data = data;
    }

    public ReadOnlySpan<byte> Type { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>A chunk with a capital first letter is needed to show the image.</summary>
    public bool IsCritical => (Type[0] & 0x20) == 0;

    public string Name => Encoding.ASCII.GetString(Type);

    /// <summary>Reads the chunk at the start of what is left of the file, and checks its length, its type and, unless it was checked before, its CRC.</summary>
    public static PngChunk Read(ReadOnlySpan<byte> file, bool checkCrc = true)
    {
        if (file.Length < Overhead)
            throw new PngException("The file ends before its IEND chunk.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(file);
        var type = file.Slice(4, 4);
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
                throw new PngException("A chunk's type is not made of letters.");
        }
        if (length > file.Length - Overhead)
            throw new PngException($"The file ends inside its {Encoding.ASCII.GetString(type)} chunk.");
        var chunk = new PngChunk(type, file.Slice(8, (int)length));
        if (checkCrc && Crc32.Of(type, chunk.Data) != BinaryPrimitives.ReadUInt32BigEndian(file.Slice(8 + (int)length, 4)))
            throw new PngException($"The {chunk.Name} chunk's checksum is wrong.");
        return chunk;
    }
}
