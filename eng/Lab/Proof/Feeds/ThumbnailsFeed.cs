using Shop.Lab.Load;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Thumbnails, of 58 KB each, of images that nobody has looked at before; without the case: the metadata of the first.
/// </summary>
[Feeding("sessions", Capacity = 30, Window = 30)]
internal sealed class ThumbnailsFeed(ProofTarget target) : DocumentFeed(target, PngImages.CreateNoise(Side))
{
    // As large as a thumbnail, which then has as many random pixels.
    private const int Side = 128;

    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadNewAsync(count, "/thumbnail", cancellationToken);
}
