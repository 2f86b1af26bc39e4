using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Orders.Data;
using Shop.Orders.OrderDispatch;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The variants while the broker is away or refuses a message, and the defects of Published.</summary>
[RunningShop]
public sealed partial class OrderDispatchTests(ShopFixture shop) : CaseContract
{
    /// <summary>The messages that may wait under Published and Fixed.</summary>
    private const int Capacity = 4;

    private readonly TestBroker _broker = new();
    private readonly LogRecorder _log = new();
    private readonly List<IHost> _hosts = [];
    private OrdersDatabase _database = null!;

    private protected override IOrderDispatch Current => Services.GetRequiredService<CaseSwitch<IOrderDispatch>>().Current;

    public override async ValueTask InitializeAsync() => Own(_database = await OrdersDatabase.CreateAsync(shop));

    public override async ValueTask DisposeAsync()
    {
        _broker.Open();
        foreach (var host in _hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
        _log.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task LeakyHasATaskForEveryOrderWhileTheBrokerIsAway()
    {
        const int orders = 10 * Capacity;
        _broker.Close();
        var service = await StartAsync(CaseVariant.Leaky);
        for (var order = 0; order < orders; order++)
            await PlaceAsync(service);

        await Eventually.ReadAsync(() => Task.FromResult(HeldBy(service)), held => held == orders, $"{orders} tasks");
        _broker.Open();
        await Eventually.ReadAsync(() => Task.FromResult(HeldBy(service)), held => held == 0, "the tasks to end");
        Assert.Equal(orders, _broker.Published.Count);
    }

    /// <summary>The second message proves that the first is not only late.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AnExceptionOfTheBackgroundWorkIsLoggedUnderFixedOnly(CaseVariant variant, bool isLogged)
    {
        var service = await StartAsync(variant);
        _broker.RefuseNext();
        await PlaceAsync(service);
        await Eventually.ReadAsync(() => Task.FromResult(_broker.HasRefused), refused => refused, "the message to be refused");
        await PublishedAsync(await PlaceAsync(service));

        Assert.Equal(isLogged, _log.Exceptions.Any(exception => exception.GetBaseException() is IOException));
    }

    /// <summary>
    /// A service that is registered as a singleton and, by its type, as a hosted service has two instances: requests would write to a
    /// channel that nobody reads. The article registers it by a factory, as the Shop does, and so has one.
    /// </summary>
    [Fact]
    public void AHostedServiceThatIsRegisteredByItsTypeIsASecondInstance()
    {
        using var byType = new ServiceCollection().AddSingleton<Worker>().AddHostedService<Worker>().BuildServiceProvider();
        using var byFactory = new ServiceCollection().AddSingleton<Worker>()
            .AddHostedService(services => services.GetRequiredService<Worker>()).BuildServiceProvider();

        Assert.NotSame(byType.GetRequiredService<Worker>(), byType.GetServices<IHostedService>().Single());
        Assert.Same(byFactory.GetRequiredService<Worker>(), byFactory.GetServices<IHostedService>().Single());
        Assert.Same(
            Services.GetRequiredKeyedService<IOrderDispatch>(CaseVariant.Published),
            Services.GetServices<IHostedService>().OfType<PublishedOrderDispatch>().Single());
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder) => AddOrders(cases, builder);

    /// <summary>The order is stored when the call returns, and its message is published, once.</summary>
    private protected override async Task BehaveAsync()
    {
        var service = await StartAsync(Switch.Variant);
        Guid[] orders = [await PlaceAsync(service), await PlaceAsync(service)];
        foreach (var order in orders)
            await PublishedAsync(order);

        Assert.Equal(orders.Order(), _broker.Published.Order());
        await using var db = _database.CreateContext();
        Assert.Equal(orders.Order(), db.Orders.Select(row => row.Id).AsEnumerable().Order());
    }

    /// <summary>Starts Orders, without its routes, with the variant.</summary>
    private async Task<IHost> StartAsync(CaseVariant variant)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddOrders(new CasesBuilder(builder.Services, builder.Configuration), builder);
        var service = builder.Build();
        _hosts.Add(service);
        service.Services.GetRequiredService<ICaseSwitch>().Select(variant);
        await service.StartAsync(Cancellation);
        return service;
    }

    private void AddOrders(CasesBuilder cases, IHostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:orders-db"] = _database.ConnectionString,
            [$"Cases:{OrderDispatchCase.Study.Id}:Capacity"] = Capacity.ToString(CultureInfo.InvariantCulture),
            ["Outbox:MaxUnpublished"] = Capacity.ToString(CultureInfo.InvariantCulture),
            ["Outbox:PublishTimeout"] = "00:00:00.2",
        });
        builder.Logging.AddProvider(_log);
        builder.Services.AddSingleton(TimeProvider.System);
        _broker.AddTo(builder.Services);
        cases.Add<OrderDispatchCase>();
        builder.AddDatabase<OrdersDb>("orders-db");
    }

    private static async Task<Guid> PlaceAsync(IHost service, Order? order = null, CancellationToken? cancellationToken = null)
    {
        order ??= NewOrder();
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDb>();
        db.Add(order);
        var placed = new OrderPlaced(order.Id, order.CustomerId, order.Total, [], order.PlacedAt, order.CartId, order.CartRevision);
        await service.Services.GetRequiredService<CaseSwitch<IOrderDispatch>>().Current
            .SaveAsync(db, placed, cancellationToken ?? Cancellation);
        return order.Id;
    }

    private static Order NewOrder()
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            CustomerId = "ada",
            IdempotencyKey = $"{id}",
            RequestHash = [1],
            CartId = id,
            Total = 12.5m,
            PlacedAt = TestOrders.Noon,
        };
    }

    private static long HeldBy(IHost service) => service.Services.GetRequiredService<ICaseSwitch>().HeldItems;

    private async Task PublishedAsync(Guid order)
        => await Eventually.ReadAsync(
            () => Task.FromResult(_broker.Published.Contains(order)), published => published, $"the message of {order}");

    private sealed class Worker : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
