using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions;
using Shop.Sessions.SessionStore;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>Creates the variants for a test: Leaky and Published in this process, Fixed on the running Shop's Redis.</summary>
internal sealed class SessionStores : IDisposable
{
    public const int Capacity = 50;
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(30);
    private readonly IOptions<SessionsOptions> _options
        = Options.Create(new SessionsOptions { IdleTimeout = IdleTimeout, KeyPrefix = $"tests:{Guid.NewGuid():N}:" });
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<CacheMetrics>().BuildServiceProvider();
    private readonly List<ISessionStore> _created = [];
    private readonly ConnectionMultiplexer _redis;

    private SessionStores(ConnectionMultiplexer redis) => _redis = redis;

    public InterruptibleTime Time { get; } = new();

    public IDatabase Redis => _redis.GetDatabase();

    public string KeyPrefix => _options.Value.KeyPrefix;

    public static async Task<SessionStores> ConnectAsync(DistributedApplication app)
    {
        var redis = await app.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken);
        return new SessionStores(await ConnectionMultiplexer.ConnectAsync(redis!));
    }

    public ISessionStore Create(CaseVariant variant)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"Cases:{SessionStoreCase.Study.Id}:Capacity", $"{Capacity}")]).Build();
        ISessionStore store = variant switch
        {
            CaseVariant.Leaky => new LeakySessionStore(_options, Time),
            CaseVariant.Published => new PublishedSessionStore(_options, configuration, Time),
            _ => new FixedSessionStore(_redis, _options, configuration, Time, _services.GetRequiredService<CacheMetrics>()),
        };
        _created.Add(store);
        return store;
    }

    // Leaky's dictionary is static, so its entries would carry over to the next test.
    public void Dispose()
    {
        foreach (var store in _created)
        {
            (store as LeakySessionStore)?.Reset();
            (store as IDisposable)?.Dispose();
        }
        _redis.Dispose();
        _services.Dispose();
    }
}
