using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Shop.Documents.Data;

/// <summary>Reads and writes images through pooled memory; EF Core would allocate an array for each.</summary>
internal static class DocumentContents
{
    private const string SelectSql = "SELECT bytes FROM document_contents WHERE document_id = $1";

    /// <summary>Inserts a document's image, in the context's current transaction.</summary>
    public static Task InsertContentAsync(this DocumentsDb db, Guid documentId, Stream bytes, CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        var content = new NpgsqlParameter<Stream>("content", NpgsqlDbType.Bytea) { TypedValue = bytes };
        return db.Database.ExecuteSqlAsync(
            $"INSERT INTO document_contents (document_id, bytes) VALUES ({documentId}, {content})", cancellationToken);
    }

    /// <summary>
    /// Reads a document's image into a stream and rewinds it. The connection is released before the method returns; a slow client does not
    /// hold it.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="document">The document; the caller has checked its owner.</param>
    /// <param name="content">The stream; what is in it is overwritten.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task ReadContentAsync(
        this DocumentsDb db, DocumentView document, Stream content, CancellationToken cancellationToken)
    {
        await db.Database.CreateExecutionStrategy().ExecuteAsync(token => ReadOnceAsync(db, document, content, token), cancellationToken);
        content.Position = 0;
    }

    private static async Task ReadOnceAsync(
        DocumentsDb db, DocumentView document, Stream content, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(SelectSql, (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = document.DocumentId });
            // Without sequential access the driver would buffer the whole row.
            await using var reader = await command.ExecuteReaderAsync(
                CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
                throw new InvalidDataException($"The document {document.DocumentId} has no content.");
            await using var stream = await reader.GetStreamAsync(0, cancellationToken);
            content.SetLength(0);
            await stream.CopyToAsync(content, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
