using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Reports of an uploaded image; without the case: its metadata.</summary>
[Feeding("sessions", Window = 10)]
internal sealed class ReportsFeed(ProofTarget target) : DocumentFeed(target, UploadedDocument.Pixel)
{
    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadAsync(count, "/report", cancellationToken);
}
