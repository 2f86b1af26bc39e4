using Shop.Lab.Load;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Downloads of an image of some 200 KB; without the case: its metadata.</summary>
[Feeding("sessions", Window = 40)]
internal sealed class DownloadsFeed : ICaseFeed
{
    private const int Side = 256;
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public DownloadsFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, PngImages.CreateNoise(Side));
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}/content"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
