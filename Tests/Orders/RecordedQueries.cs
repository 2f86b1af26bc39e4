using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Shop.Tests.Orders;

/// <summary>Records the queries of a context: the rows that it has read, and the rows that the database has to read for them.</summary>
internal sealed class RecordedQueries : DbCommandInterceptor, IDisposable
{
    private readonly List<NpgsqlCommand> _queries = [];

    public int Count => _queries.Count;

    /// <summary>The rows that each ended query has returned.</summary>
    public List<int> Rows { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        _queries.Add(((NpgsqlCommand)command).Clone());
        return new(result);
    }

    public override InterceptionResult DataReaderDisposing(
        DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        // The last read found no further row.
        Rows.Add(eventData.ReadCount - 1);
        return result;
    }

    /// <summary>The plan of the last query, as JSON.</summary>
    public async Task<string> ExplainLastAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await ExplainAsync(_queries[^1], connection);
    }

    /// <summary>Runs each query again and counts the rows that the database reads from a table for it.</summary>
    public async Task<IReadOnlyList<long>> CountScannedAsync(string database, string table)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var scanned = new List<long>();
        foreach (var query in _queries)
        {
            var plan = await ExplainAsync(query, connection);
            scanned.Add((long)Scanned(JsonDocument.Parse(plan).RootElement[0].GetProperty("Plan"), table));
        }
        return scanned;
    }

    public void Dispose() => _queries.ForEach(query => query.Dispose());

    private static async Task<string> ExplainAsync(NpgsqlCommand query, NpgsqlConnection connection)
    {
        await using var explain = query.Clone();
        explain.Connection = connection;
        explain.CommandText = $"EXPLAIN (ANALYZE, FORMAT JSON) {explain.CommandText}";
        return (string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    // A node's counts are those of one of its loops.
    private static double Scanned(JsonElement node, string table)
    {
        var own = node.TryGetProperty("Relation Name", out var relation) && relation.GetString() == table
            ? (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter")) * Number(node, "Actual Loops")
            : 0;
        return own + (node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().Sum(plan => Scanned(plan, table)) : 0);
    }

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
