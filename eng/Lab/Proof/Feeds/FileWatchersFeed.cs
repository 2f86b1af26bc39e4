using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A document that is looked at again and again; without the case it is looked for in the list.</summary>
// Few operations, and no times: Linux grants a user 128 inotify instances.
[Feeding("sessions", Window = 3, IsTimed = false)]
internal sealed class FileWatchersFeed : ICaseFeed
{
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public FileWatchersFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, UploadedDocument.Pixel);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/documents?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
