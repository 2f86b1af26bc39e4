using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Orders.Data;
using Shop.Orders.OrderEvents;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;
using static Shop.Tests.Orders.TestOrders;

namespace Shop.Tests.Orders;

/// <summary>The behaviour of the variants, which of them retain orders, and the defects of Published.</summary>
public sealed class OrderEventsTests : RetainedContract
{
    private protected override IOrderEvents Current => Services.GetRequiredService<CaseSwitch<IOrderEvents>>().Current;

    private protected override long Bound => FixedOrderEvents.MaxOrders;

    [Theory, Variants]
    public void AnEventsTimeHasThePrecisionOfPostgres(CaseVariant variant)
    {
        Switch.Select(variant);
        var placed = Placed(at: Noon.AddTicks(7));
        Current.Record(placed);

        Assert.Equal(Noon, Assert.Single(Current.Read(Row(placed))).At);
    }

    /// <summary>Fixed reads events that it evicted or never recorded from the order's row.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void FixedReadsEventsItDidNotRecordFromTheRow(bool recordsPlacing, bool recordsOutcome)
    {
        var placed = Placed();
        var settled = Completed(placed, OrderStatus.Settled, null);
        if (recordsPlacing)
            Current.Record(placed);
        if (recordsOutcome)
            Current.Record(settled);

        Assert.Equal(
            [new(OrderStatus.Pending, Noon, null), new(OrderStatus.Settled, Noon.AddSeconds(1), null)], Current.Read(Row(settled)));
    }

    /// <summary>Each entry has Size 1, but its list is unbounded.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 10_000)]
    [InlineData(CaseVariant.Fixed, OrderEventRing.Capacity)]
    public void AnOrdersEventsAreBounded(CaseVariant variant, int kept)
    {
        Switch.Select(variant);
        var order = Placed();
        for (var index = 0; index < 10_000; index++)
            Current.Record(order);

        Assert.Equal(kept, Current.Read(Row(order)).Count);
    }

    /// <summary>A full cache refuses the newest order.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 1)]
    public void TheNewestOrderIsReadableAfterManyOthers(CaseVariant variant, int read)
    {
        const int sizeLimit = 100_000;
        Switch.Select(variant);
        for (var index = 0; index < sizeLimit; index++)
            Current.Record(Placed());
        var newest = Placed();
        Current.Record(newest);

        Assert.Equal(read, Current.Read(Row(newest)).Count);
    }

    [Fact]
    public async Task AfterTheFuseTripsTheCasesRoutesReturn503AndConsumersUseFixed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new($"Cases:{OrderEventsCase.Study.Id}:FuseItems", "1")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        new CasesBuilder(builder.Services, builder.Configuration).Add<OrderEventsCase>();
        await using var app = builder.Build();
        app.UseCases();
        app.MapGet("/", () => "served").Feeds<OrderEventsCase>();
        app.MapGet("/other", () => "served");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var @switch = app.Services.GetRequiredService<CaseSwitch<IOrderEvents>>();
        @switch.Select(CaseVariant.Leaky);
        @switch.Current.Record(Placed());
        @switch.Current.Record(Placed());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        Assert.True(@switch.TestFuse());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/other"));
        Assert.IsType<FixedOrderEvents>(@switch.Current);
        @switch.Reset();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string route = "/")
    {
        using var response = await client.GetAsync(route, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder) => cases.Add<OrderEventsCase>();

    /// <summary>An order's events are read in chronological order.</summary>
    private protected override Task BehaveAsync()
    {
        var placed = Placed();
        var declined = Completed(placed, OrderStatus.Declined, "insufficient_funds");
        Current.Record(placed);
        Assert.Equal([new(OrderStatus.Pending, Noon, null)], Current.Read(Row(placed)));
        Current.Record(declined);
        Current.Record(Placed());

        Assert.Equal(
            [new(OrderStatus.Pending, Noon, null), new(OrderStatus.Declined, Noon.AddSeconds(1), "insufficient_funds")],
            Current.Read(Row(declined)));
        return Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override Task<WeakReference> OperateAsync()
    {
        var order = Placed();
        Current.Record(order);
        return Task.FromResult(new WeakReference(order));
    }

    private protected override bool Leaks(CaseVariant variant) => variant != CaseVariant.Fixed;
}
