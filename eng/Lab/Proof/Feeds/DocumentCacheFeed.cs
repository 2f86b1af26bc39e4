using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Documents that are looked at for the first time; without the case the newest is looked for in the list.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class DocumentCacheFeed(ProofTarget target) : ICaseFeed
{
    // One grey pixel: what is in the image does not matter here.
    private static readonly byte[] Image = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    // The uploaded document's row again, under other ids: more uploads would cost far more than the reads that are measured, and stir the heap.
    private const string Multiply = """
        INSERT INTO documents SELECT copy.* FROM documents uploaded, unnest($2) new_id, jsonb_populate_record(uploaded, jsonb_build_object('id', new_id)) copy
        WHERE uploaded.id = $1
        """;

    private readonly Traffic _traffic = new(target.Address);
    private Guid _uploaded;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], "proof", cancellationToken);
        using var uploaded = JsonDocument.Parse(await _traffic.SendAsync(Upload, cancellationToken));
        _uploaded = uploaded.RootElement.GetProperty("documentId").GetGuid();
    }

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
        => await Traffic.ForEachAsync(await MultiplyAsync(count, cancellationToken),
            (id, token) => _traffic.SendAsync(() => new(HttpMethod.Get, $"/documents/{id}"), token), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/documents?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private async Task<Guid[]> MultiplyAsync(int count, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        await using var connection = new NpgsqlConnection(target.Backends.Database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Multiply, connection) { Parameters = { new() { Value = _uploaded }, new() { Value = ids } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ids;
    }

    private static HttpRequestMessage Upload()
        => new(HttpMethod.Post, "/documents") { Content = new ByteArrayContent(Image) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } } };
}
