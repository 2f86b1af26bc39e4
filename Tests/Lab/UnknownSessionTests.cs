using Aspire.Hosting.Testing;
using Shop.Lab;
using Shop.Lab.Load;
using Shop.Tests.AppHost;

namespace Shop.Tests.Lab;

/// <summary>After a switch of SessionStore the Shop no longer knows the shoppers' sessions, so they log in again.</summary>
[RunningShop]
public sealed class UnknownSessionTests(ShopFixture shop)
{
    private const int Visits = 4;

    [Fact]
    public async Task AShopperWhoseSessionIsUnknownLogsInAgain()
    {
        var time = TimeProvider.System;
        var statistics = new LoadStatistics(time);
        var addresses = Addresses();
        using var connections = ShopClient.CreatePool(Visits);
        var context = LoadContext.Create(addresses, connections, statistics, shoppers: 1, seed: 1, time);
        var renewed = 0;
        for (var visit = 0; visit < Visits; visit++)
        {
            var unknown = new CustomerSession(new string('A', 43), LeftAt: 0, Ordered: []);
            context.Customers.Leave(0, unknown);
            var journey = new ShopperJourney(context, new Arrival(visit, TimeSpan.Zero), TimeSpan.Zero);
            await journey.RunAsync(TestContext.Current.CancellationToken);
            renewed += context.Customers.Take(0)?.Id == unknown.Id ? 0 : 1;
        }

        Assert.Empty(statistics.Read().Errors);
        Assert.InRange(renewed, 1, Visits);
    }

    private ShopAddresses Addresses()
    {
        var command = new System.CommandLine.Command("addresses");
        var read = ShopAddresses.AddOptions(command);
        var options = ShopAddresses.Names.SelectMany(service => new[] { $"--{service}", shop.App.GetEndpoint(service).ToString() });
        return read(command.Parse([.. options]));
    }
}
