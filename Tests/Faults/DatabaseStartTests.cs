using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Shop.Documents.Data;
using Shop.ServiceDefaults;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service starts while Postgres is unavailable and its database does not exist.</summary>
[RunningShop(Part.Faults)]
public sealed class DatabaseStartTests(ShopFixture shop) : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task AServiceWaitsForPostgresAndCreatesItsDatabase()
    {
        var server = await shop.App.GetConnectionStringAsync("postgres", Cancellation);
        var postgres = new NpgsqlConnectionStringBuilder(server) { Database = "started_early" };
        var time = new FirstTimer();
        using var service = Service(postgres.ConnectionString, time);
        await shop.StopAsync("postgres");
        var starting = service.StartAsync(Cancellation);
        await Task.WhenAny(starting, time.Created).WaitAsync(Eventually.Timeout, Cancellation);
        Assert.False(starting.IsCompleted);

        await shop.StartAsync("postgres");
        await starting.WaitAsync(Eventually.Timeout, Cancellation);
        await using var scope = service.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<DocumentsDb>().Documents.ToListAsync(Cancellation));
        await service.StopAsync(Cancellation);
    }

    private static IHost Service(string connectionString, TimeProvider time)
    {
        var service = Host.CreateApplicationBuilder();
        service.Configuration["ConnectionStrings:documents-db"] = connectionString;
        service.Services.AddSingleton(time);
        service.AddDatabase<DocumentsDb>("documents-db");
        return service.Build();
    }

    /// <summary>Signals the creation of the first timer: the migration has failed and waits to retry.</summary>
    private sealed class FirstTimer : TimeProvider
    {
        private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Created => _created.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _created.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
