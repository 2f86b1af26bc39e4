using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// The Aspire host of the proof: Postgres, Redis and RabbitMQ of its own, which start empty and are deleted afterwards, and
/// the services of the cases, which start one by one. Each gets a database, a virtual host and a Redis database of its own.
/// </summary>
internal sealed class Backends : IAsyncDisposable
{
    // What Redis has without being configured; a proof has far fewer services at a time.
    private const int RedisDatabases = 16;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private readonly DistributedApplication _app;
    private readonly IResourceBuilder<PostgresServerResource> _postgres;
    private readonly IResourceBuilder<RedisResource> _redis;
    private readonly IResourceBuilder<RabbitMQServerResource> _bus;
    private int _isolated;

    private Backends(IEnumerable<(string Name, string Service)> services)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [], DisableDashboard = true });
        builder.Services.AddLogging(logging => logging.AddFilter(IsShown));
        _postgres = builder.AddPostgres("postgres").WithImageTag("18.4");
        _redis = builder.AddRedis("redis").WithImageTag("7.4");
        _bus = builder.AddRabbitMQ("bus").WithImageTag("3.13").WithManagementPlugin();
        // The services would inherit the exporter that was configured for the Lab, and be measured with it.
        foreach (var inherited in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOfLab))
            Environment.SetEnvironmentVariable(inherited, null);
        foreach (var (name, service) in services)
            ServiceProcess.AddTo(builder, name, service);
        builder.RunServers();
        _app = builder.Build();
    }

    /// <summary>Starts the servers; what this machine lacks is fetched first.</summary>
    /// <exception cref="LabException">A server did not come up.</exception>
    public static async Task<Backends> StartAsync(IEnumerable<(string Name, string Service)> services, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        var backends = new Backends(services);
        try
        {
            await backends._app.StartAsync(timeout.Token);
            foreach (var server in new[] { "postgres", "redis", "bus" })
                await backends._app.ResourceNotifications.WaitForResourceHealthyAsync(server, timeout.Token);
            return backends;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await backends.DisposeAsync();
            throw new LabException($"The servers of the proof did not start: {exception.Message}");
        }
        catch
        {
            await backends.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database, a virtual host and a Redis database that no other service uses.</summary>
    public async Task<IsolatedBackends> IsolateAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _isolated);
        var name = $"proof{number}";
        var postgres = await ReadAsync(_postgres, cancellationToken);
        await using (var connection = new NpgsqlConnection(postgres))
        {
            await connection.OpenAsync(cancellationToken);
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        var broker = new VirtualHost(
            new Uri(_bus.Resource.ManagementEndpoint.Url), new Uri(await ReadAsync(_bus, cancellationToken)), name);
        await broker.CreateAsync(cancellationToken);
        var redis = $"{await ReadAsync(_redis, cancellationToken)},defaultDatabase={number % RedisDatabases}";
        // An earlier case's service may have had it.
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(redis))
            await connection.GetDatabase().ExecuteAsync("FLUSHDB");
        return new IsolatedBackends(
            new DbConnectionStringBuilder { ConnectionString = postgres, ["Database"] = name }.ConnectionString, redis, broker);
    }

    /// <summary>Starts a service that the host has.</summary>
    public async Task<ServiceProcess> StartServiceAsync(
        string name, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var service = new ServiceProcess(_app, name);
        try
        {
            await service.StartAsync(environment, cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The host grants its services half a minute. What is left ends when it is disposed; the results must not be lost for it.
        }
        await _app.DisposeAsync();
    }

    // Health checks fail until a server is up, each with a stack trace; where one does not come up, an exception names it.
    private static bool IsShown(string? category, LogLevel level)
        => level >= LogLevel.Warning && category?.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal) != true;

    private static bool IsOfLab(string variable)
        => variable.StartsWith("OTEL_", StringComparison.Ordinal) || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    private static async Task<string> ReadAsync(IResourceBuilder<IResourceWithConnectionString> server, CancellationToken cancellationToken)
        => await server.Resource.GetConnectionStringAsync(cancellationToken)
            ?? throw new LabException($"{server.Resource.Name} has no connection string.");
}
