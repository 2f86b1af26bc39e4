namespace Foreign.Leaks;

public static class Checksums
{
    private const int Block = 1 << 20;

    public static int Of(Stream file)
    {
        var block = new byte[Block];
        var sum = 0;
        for (var count = file.Read(block, 0, block.Length); count > 0; count = file.Read(block, 0, block.Length))
            sum += block[0] ^ count;
        return sum;
    }
}
