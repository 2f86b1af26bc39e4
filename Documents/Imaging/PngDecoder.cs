using System.Buffers;
using System.IO.Compression;

namespace Shop.Documents.Imaging;

/// <summary>
/// Decodes PNGs of every colour type and depth, interlaced or not, two rows at a time. What is inflated is bounded by the
/// header: one byte more and the file is refused.
/// </summary>
/// <remarks>
/// The Shop has a codec of its own because no image library restores on every feed that it is built on: SkiaSharp, ImageSharp,
/// Magick.NET, StbImageSharp, BigGustave and NetVips were tried.
/// </remarks>
internal static class PngDecoder
{
    // Adam7's passes, as first column, first row, columns between pixels, rows between rows.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)];

    /// <summary>Decodes all pixels and hands them out row by row; without a handler it only checks that they are there.</summary>
    /// <exception cref="PngException">The pixels are damaged, or more or fewer than the header says.</exception>
    public static void Decode(PngFile file, PixelRowHandler? onRow = null)
    {
        var header = file.Header;
        var rowBytes = header.RowBytes(header.Width);
        var pool = ArrayPool<byte>.Shared;
        var buffers = (Row: pool.Rent(rowBytes + 1), Above: pool.Rent(rowBytes + 1), Rgba: pool.Rent(header.Width * 4));
        using var pixels = new ZLibStream(file.OpenData(), CompressionMode.Decompress);
        try
        {
            var expander = new PixelExpander(file);
            foreach (var pass in header.IsInterlaced ? Adam7 : Whole)
                DecodePass(pass, header, pixels, expander, ref buffers, onRow);
            if (pixels.ReadByte() >= 0)
                throw new PngException("The file holds more pixels than its header says.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new PngException("The compressed pixels are damaged.");
        }
        finally
        {
            pool.Return(buffers.Row);
            pool.Return(buffers.Above);
            pool.Return(buffers.Rgba);
        }
    }

    private static void DecodePass((int X, int Y, int StepX, int StepY) pass, PngHeader header, ZLibStream pixels, PixelExpander expander,
        ref (byte[] Row, byte[] Above, byte[] Rgba) buffers, PixelRowHandler? onRow)
    {
        var width = (header.Width - pass.X + pass.StepX - 1) / pass.StepX;
        if (width <= 0)
            return;
        // The filter's byte comes before the row's own.
        var length = header.RowBytes(width) + 1;
        buffers.Above.AsSpan(0, length).Clear();
        for (var y = pass.Y; y < header.Height; y += pass.StepY)
        {
            var row = buffers.Row.AsSpan(0, length);
            if (pixels.ReadAtLeast(row, length, throwOnEndOfStream: false) < length)
                throw new PngException("The file holds fewer pixels than its header says.");
            PngFilter.Restore(row[0], row[1..], buffers.Above.AsSpan(1, length - 1), header.FilterStep);
            var rgba = buffers.Rgba.AsSpan(0, width * 4);
            expander.Expand(row[1..], rgba);
            onRow?.Invoke(new PixelRow(y, pass.X, pass.StepX, rgba));
            (buffers.Row, buffers.Above) = (buffers.Above, buffers.Row);
        }
    }
}
