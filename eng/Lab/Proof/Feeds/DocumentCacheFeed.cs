using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Documents that are looked at for the first time; without the case the newest is looked for in the list.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class DocumentCacheFeed(ProofTarget target) : DocumentFeed(target, UploadedDocument.Pixel)
{
    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadNewAsync(count, "", cancellationToken);

    public override Task ControlAsync(int count, CancellationToken cancellationToken)
        => ListAsync(count, cancellationToken);
}
