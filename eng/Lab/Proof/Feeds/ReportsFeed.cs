using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Reports of an uploaded image; without the case: its metadata.</summary>
[Feeding("sessions", Window = 10)]
internal sealed class ReportsFeed : ICaseFeed
{
    private readonly Traffic _traffic;
    private readonly UploadedDocument _document;

    public ReportsFeed(ProofTarget target)
    {
        _traffic = new(target.Address);
        _document = new(target, _traffic, UploadedDocument.Pixel);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => _document.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}/report"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/documents/{_document.Id}"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
