namespace Shop.Documents.Imaging;

/// <summary>What the samples of a pixel mean, numbered as in the IHDR chunk.</summary>
internal enum PngColorType : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
