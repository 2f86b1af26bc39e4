using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>An image that a customer uploads to a Documents service under proof, and its copies under other ids.</summary>
internal sealed class UploadedDocument(ProofTarget target, Traffic traffic, byte[] image)
{
    /// <summary>One grey pixel: where it does not matter what is in the image.</summary>
    public static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    // The uploaded rows again, under other ids: more uploads would cost far more than the reads that are measured, and stir the heap.
    private const string MultiplyDocument = """
        INSERT INTO documents SELECT copy.* FROM documents uploaded, unnest($2) new_id,
            jsonb_populate_record(uploaded, jsonb_build_object('id', new_id)) copy
        WHERE uploaded.id = $1
        """;

    private const string MultiplyContent = """
        INSERT INTO document_contents (document_id, bytes) SELECT new_id, uploaded.bytes FROM document_contents uploaded, unnest($2) new_id
        WHERE uploaded.document_id = $1
        """;

    /// <summary>The uploaded document.</summary>
    public Guid Id { get; private set; }

    /// <summary>Logs the customer in and uploads the image.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await traffic.LogInAsync(target.Neighbours.Addresses["sessions"], "proof", cancellationToken);
        using var uploaded = JsonDocument.Parse(await traffic.SendAsync(Upload, cancellationToken));
        Id = uploaded.RootElement.GetProperty("documentId").GetGuid();
    }

    /// <summary>Copies the document and returns the new ids.</summary>
    public async Task<Guid[]> MultiplyAsync(int count, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        await using var connection = new NpgsqlConnection(target.Backends.Database);
        await connection.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in new[] { MultiplyDocument, MultiplyContent })
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = Id }, new() { Value = ids } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return ids;
    }

    private HttpRequestMessage Upload()
        => new(HttpMethod.Post, "/documents")
        {
            Content = new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } },
        };
}
