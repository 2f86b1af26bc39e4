using System.Net.Http.Headers;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Previews of documents that nobody has looked at before. The healthy control is the same preview without a cache: the customer asks for
/// it with <c>Cache-Control: no-store</c>, so each is rendered and none is kept.
/// </summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class PreviewsFeed : ICaseFeed
{
    private static readonly CacheControlHeaderValue NoStore = new() { NoStore = true };
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public PreviewsFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, UploadedDocument.Pixel);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken) => PreviewAsync(count, null, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => PreviewAsync(count, NoStore, cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private async Task PreviewAsync(int count, CacheControlHeaderValue? cacheControl, CancellationToken cancellationToken)
        => await Traffic.ForEachAsync(await _document.MultiplyAsync(count, cancellationToken),
            (id, token) => _traffic.SendAsync(
                () => new(HttpMethod.Get, $"/documents/{id}/preview") { Headers = { CacheControl = cacheControl } }, token),
            cancellationToken);
}
