using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.IO;
using Npgsql;
using NpgsqlTypes;

namespace Shop.Documents.Data;

/// <summary>Moves images between Postgres and pooled memory; EF would allocate an array for each.</summary>
internal static class DocumentContents
{
    /// <summary>Inserts a document's image, in the transaction that the context is in.</summary>
    public static Task InsertContentAsync(this DocumentsDb db, Guid documentId, Stream bytes, CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        var content = new NpgsqlParameter<Stream>("content", NpgsqlDbType.Bytea) { TypedValue = bytes };
        return db.Database.ExecuteSqlAsync($"INSERT INTO document_contents (document_id, bytes) VALUES ({documentId}, {content})", cancellationToken);
    }

    /// <summary>Reads a document's image. The connection is free again before the caller uses it, however slow that is.</summary>
    /// <param name="db">The context.</param>
    /// <param name="document">The document, whose owner was checked.</param>
    /// <param name="buffers">Where the memory comes from.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<RecyclableMemoryStream> ReadContentAsync(
        this DocumentsDb db, DocumentView document, ContentBuffers buffers, CancellationToken cancellationToken)
    {
        var content = buffers.GetStream();
        try
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(token => ReadOnceAsync(db, document, content, token), cancellationToken);
            content.Position = 0;
            return content;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private static async Task ReadOnceAsync(
        DocumentsDb db, DocumentView document, RecyclableMemoryStream content, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("SELECT bytes FROM document_contents WHERE document_id = $1", (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = document.DocumentId });
            // Sequential, or the driver would first hold the whole row itself.
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
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
