using System.Net.Http.Headers;
using System.Text.Json;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A document that is uploaded and looked at; without the case it is looked for in the list.</summary>
internal sealed class DocumentCacheFeed(ProofTarget target) : ICaseFeed
{
    // One grey pixel: what is in the image does not matter here.
    private static readonly byte[] Image = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken) => Traffic.RepeatAsync(count, async token =>
    {
        var id = await UploadAsync(token);
        await _traffic.SendAsync(() => new(HttpMethod.Get, $"/documents/{id}"), token);
    }, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Traffic.RepeatAsync(count, async token =>
    {
        await UploadAsync(token);
        await _traffic.SendAsync(() => new(HttpMethod.Get, "/documents?limit=1"), token);
    }, cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private async Task<Guid> UploadAsync(CancellationToken cancellationToken)
    {
        using var uploaded = JsonDocument.Parse(await _traffic.SendAsync(Upload, cancellationToken));
        return uploaded.RootElement.GetProperty("documentId").GetGuid();
    }

    private static HttpRequestMessage Upload()
        => new(HttpMethod.Post, "/documents") { Content = new ByteArrayContent(Image) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } } };
}
