using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Documents that are looked at for the first time; without the case the newest is looked for in the list.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class DocumentCacheFeed : ICaseFeed
{
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public DocumentCacheFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, UploadedDocument.Pixel);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
        => await Traffic.ForEachAsync(await _document.MultiplyAsync(count, cancellationToken),
            (id, token) => _traffic.SendAsync(() => new(HttpMethod.Get, $"/documents/{id}"), token), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/documents?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
