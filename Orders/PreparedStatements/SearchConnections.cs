using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Orders.Data;

namespace Shop.Orders.PreparedStatements;

/// <summary>
/// Connections that only searches use, and that stay open as long as the process lives, so that no search waits for a connection to be
/// opened and none takes one from the orders.
/// </summary>
internal sealed class SearchConnections : IDisposable
{
    private const int Count = 4;
    private readonly NpgsqlDataSource _pool;

    public SearchConnections(IDbContextFactory<OrdersDb> contexts)
    {
        using var db = contexts.CreateDbContext();
        _pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = true,
            // By default idle connections are closed after five minutes, and all of them after an hour.
            MinPoolSize = Count,
            MaxPoolSize = Count,
            ConnectionLifetime = 0,
        });
    }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _pool.OpenConnectionAsync(cancellationToken);

    /// <summary>Closes the connections; one that is in use is closed when it returns.</summary>
    public void Close() => _pool.Clear();

    public void Dispose() => _pool.Dispose();
}
