using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using static Shop.Orders.PreparedStatements.SearchPattern;

namespace Shop.Orders.PreparedStatements;

/// <summary>
/// <c>singleton SearchConnections._pool → PoolingDataSource.Connectors → NpgsqlConnector.PreparedStatementManager →
/// PreparedStatementManager.BySql → PreparedStatement</c>: the statement of every text that a customer ever searched for. The process of
/// the server behind the connection has each of them too.
/// </summary>
internal sealed class LeakyPreparedStatements(SearchConnections connections) : IPreparedStatements, ICaseState
{
    private long _prepared;

    /// <summary>A text that is searched for again counts again: the driver does not say that its connection had it.</summary>
    public long HeldItems => Interlocked.Read(ref _prepared);

    public void Reset()
    {
        connections.Close();
        Interlocked.Exchange(ref _prepared, 0);
    }

    [SuppressMessage("Memory", "SHOP4012", Justification = "The incident: each text stayed prepared.")]
    public async Task<Page<OrderListItem>> SearchAsync(
        string customerId, Guid? after, int limit, string search, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statement(Literal(Containing(search))), connection)
        {
            Parameters =
            {
                new() { Value = customerId }, new() { Value = after ?? Guid.AllBitsSet }, new() { Value = Paging.RowsToRead(limit) },
            },
        };
        // LEAK: the statement of each text is another one, and an explicitly prepared statement stays in the driver and in the server until
        // its connection ends, although command and connection are disposed.
        await command.PrepareAsync(cancellationToken);
        Interlocked.Increment(ref _prepared);
        return (await ReadAsync(command, cancellationToken)).ToPage(limit, order => order.OrderId);
    }

    // A literal, because the generic plan of a prepared statement does not know the values of its parameters.
    private static string Statement(string pattern) => $"""
        SELECT id, status, total, placed_at, completed_at FROM orders
        WHERE customer_id = $1 AND id < $2 AND EXISTS (
            SELECT FROM order_items WHERE order_id = orders.id AND (name ILIKE {pattern} OR sku ILIKE {pattern}))
        ORDER BY id DESC LIMIT $3
        """;

    // An escape string, so that no setting of the server lets a backslash escape the closing quote.
    private static string Literal(string text)
        => $"E'{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static async Task<List<OrderListItem>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var orders = new List<OrderListItem>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            orders.Add(new(rows.GetGuid(0), Enum.Parse<OrderStatus>(rows.GetString(1)), rows.GetDecimal(2),
                rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset?>(4)));
        }
        return orders;
    }
}
