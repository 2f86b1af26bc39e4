using Npgsql;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Orders as rows in the database of Orders: to place them would cost far more than the reads that are measured.</summary>
internal static class OrderRows
{
    /// <summary>The lines of each order.</summary>
    public const int Lines = 2;

    /// <summary>The day on which all of them were placed, in UTC.</summary>
    public static readonly DateOnly Day = new(2026, 1, 1);

    private const int TimeoutSeconds = 120;

    private const string InsertOrders = """
        INSERT INTO orders (id, customer_id, idempotency_key, request_hash, cart_id, cart_revision, previous_revision, total, status,
            placed_at, completed_at)
        SELECT id, $1, replace(id::text, '-', ''), sha256(id::text::bytea), id, 1, 0, 30, 'Settled', $3, $3 FROM unnest($2) id
        """;

    private static readonly string InsertLines = $"""
        INSERT INTO order_items (order_id, number, sku, name, quantity, unit_price)
        SELECT id, number, 'SKU-000' || number, 'Alpine Backpack', 1, 15 FROM unnest($1) id, generate_series(1, {Lines}) number
        """;

    /// <summary>Inserts orders of a customer and returns their ids, in the order in which they were placed.</summary>
    public static async Task<IReadOnlyList<Guid>> InsertAsync(
        string database, string customerId, int count, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        Guid[] ids = [.. Enumerable.Range(0, count).Select(number => Guid.CreateVersion7(now.AddMilliseconds(number)))];
        var placedAt = Day.ToDateTime(new TimeOnly(hour: 12, minute: 0), DateTimeKind.Utc);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = TimeoutSeconds };
        batch.BatchCommands.Add(new(InsertOrders)
        {
            Parameters = { new() { Value = customerId }, new() { Value = ids }, new() { Value = placedAt } },
        });
        // Autovacuum does the same a minute later. Without statistics the planner may read all orders to check the order of each line, and
        // all lines for each page.
        batch.BatchCommands.Add(new("ANALYZE orders"));
        batch.BatchCommands.Add(new(InsertLines) { Parameters = { new() { Value = ids } } });
        batch.BatchCommands.Add(new("ANALYZE order_items"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return ids;
    }
}
