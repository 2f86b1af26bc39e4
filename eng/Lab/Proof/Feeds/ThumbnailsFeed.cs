using Shop.Lab.Load;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Thumbnails, of 58 KB each, of images that nobody has looked at before; without the case: the metadata of the first.
/// </summary>
[Feeding("sessions", Capacity = 30, Window = 30)]
internal sealed class ThumbnailsFeed : ICaseFeed
{
    // As large as a thumbnail, which then has as many random pixels.
    private const int Side = 128;
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public ThumbnailsFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, PngImages.CreateNoise(Side));
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
        => await Traffic.ForEachAsync(await _document.MultiplyAsync(count, cancellationToken),
            (id, token) => _traffic.SendAsync(() => new(HttpMethod.Get, $"/documents/{id}/thumbnail"), token), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
