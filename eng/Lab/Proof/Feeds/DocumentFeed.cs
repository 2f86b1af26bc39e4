using System.Net.Http.Headers;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Requests for an uploaded image or for copies of it; without the case, unless a feed says otherwise: its metadata.</summary>
internal abstract class DocumentFeed : ICaseFeed
{
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    protected DocumentFeed(ProofTarget target, byte[] image)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, image);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public abstract Task OperateAsync(int count, CancellationToken cancellationToken);

    public virtual Task ControlAsync(int count, CancellationToken cancellationToken) => ReadAsync(count, "", cancellationToken);

    public void Dispose() => _traffic.Dispose();

    /// <summary>Reads the image's metadata, or what is at a path below it, again and again.</summary>
    protected Task ReadAsync(int count, string path, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}{path}"), cancellationToken);

    /// <summary>Reads it of as many copies, each for the first time.</summary>
    protected async Task ReadNewAsync(
        int count, string path, CancellationToken cancellationToken, CacheControlHeaderValue? cacheControl = null)
        => await Traffic.ForEachAsync(await _document.MultiplyAsync(count, cancellationToken),
            (id, token) => _traffic.SendAsync(
                () => new(HttpMethod.Get, $"/documents/{id}{path}") { Headers = { CacheControl = cacheControl } }, token),
            cancellationToken);

    /// <summary>Looks for the newest document in the list.</summary>
    protected Task ListAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/documents?limit=1"), cancellationToken);
}
