using System.ComponentModel.DataAnnotations;

namespace Shop.Documents.Thumbnails;

/// <summary>The thumbnails on disk, from configuration <c>Thumbnails</c>.</summary>
internal sealed class ThumbnailOptions
{
    public const string Section = "Thumbnails";

    /// <summary>
    /// The folder, which only thumbnails may be in and which two replicas may share. If it is null, each process has a temporary folder,
    /// which is deleted when it stops.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>The maximum total length of the files, in bytes: 4 MB to 1 TB.</summary>
    [Range(4L * 1024 * 1024, 1024L * 1024 * 1024 * 1024)]
    public long DiskBytes { get; set; } = 256 * 1024 * 1024;
}
