using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Shop.Documents.Data;

/// <summary>Moves images between Postgres and rented memory; EF would make an array of its own for each.</summary>
internal static class DocumentContents
{
    /// <summary>Inserts a document's image, in the transaction that the context is in.</summary>
    public static Task InsertContentAsync(this DocumentsDb db, Guid documentId, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var content = new NpgsqlParameter<ReadOnlyMemory<byte>>("content", NpgsqlDbType.Bytea) { TypedValue = bytes };
        return db.Database.ExecuteSqlAsync($"INSERT INTO document_contents (document_id, bytes) VALUES ({documentId}, {content})", cancellationToken);
    }

    /// <summary>Reads a document's image. The connection is free again before the caller uses it, however slow that is.</summary>
    /// <param name="db">The context.</param>
    /// <param name="document">The document, whose owner was checked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<PooledBytes> ReadContentAsync(this DocumentsDb db, DocumentView document, CancellationToken cancellationToken)
        => db.Database.CreateExecutionStrategy().ExecuteAsync(token => ReadOnceAsync(db, document, token), cancellationToken);

    private static async Task<PooledBytes> ReadOnceAsync(DocumentsDb db, DocumentView document, CancellationToken cancellationToken)
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
            return await PooledBytes.ReadAsync(stream, document.Size, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
