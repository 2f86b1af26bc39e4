using Shop.Lab.Load;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Downloads of an image of some 200 KB; without the case: its metadata.</summary>
[Feeding("sessions", Window = 40)]
internal sealed class DownloadsFeed(ProofTarget target) : DocumentFeed(target, PngImages.CreateNoise(Side))
{
    private const int Side = 256;

    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadAsync(count, "/content", cancellationToken);
}
