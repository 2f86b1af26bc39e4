using System.Net.Http.Headers;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Previews of documents that nobody has looked at before. The healthy control is the same preview without a cache: the customer asks for
/// it with <c>Cache-Control: no-store</c>, so each is rendered and none is kept.
/// </summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class PreviewsFeed(ProofTarget target) : DocumentFeed(target, UploadedDocument.Pixel)
{
    private const string Path = "/preview";
    private static readonly CacheControlHeaderValue NoStore = new() { NoStore = true };

    public override Task OperateAsync(int count, CancellationToken cancellationToken)
        => ReadNewAsync(count, Path, cancellationToken);

    public override Task ControlAsync(int count, CancellationToken cancellationToken)
        => ReadNewAsync(count, Path, cancellationToken, NoStore);
}
