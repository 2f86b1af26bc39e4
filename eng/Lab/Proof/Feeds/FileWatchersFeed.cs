using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A document that is looked at again and again; without the case it is looked for in the list.</summary>
// Few operations, and no times: Linux grants a user 128 inotify instances.
[Feeding("sessions", Window = 3, IsTimed = false)]
internal sealed class FileWatchersFeed(ProofTarget target) : DocumentFeed(target, UploadedDocument.Pixel)
{
    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadAsync(count, "", cancellationToken);

    public override Task ControlAsync(int count, CancellationToken cancellationToken)
        => ListAsync(count, cancellationToken);
}
