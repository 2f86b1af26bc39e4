using Aspire.Hosting.Testing;
using Shop.Lab;
using Shop.Lab.Load;
using Shop.Tests.AppHost;

namespace Shop.Tests.Lab;

/// <summary>A switch of SessionStore leaves the shoppers with sessions that the shop does not know: they log in again.</summary>
[Collection(ShopTests.Name)]
public sealed class ForgottenSessionTests(ShopFixture shop)
{
    private const int Visits = 4;

    [Fact]
    public async Task AShopperWhoseSessionIsUnknownLogsInAgain()
    {
        var time = TimeProvider.System;
        var statistics = new LoadStatistics(time);
        var customers = new CustomerPool(1, time);
        var addresses = Addresses();
        using var connections = ShopClient.CreatePool(Visits);
        var context = new LoadContext
        {
            Client = new ShopClient(connections, addresses, statistics, time),
            Connections = connections,
            Addresses = addresses,
            Statistics = statistics,
            Customers = customers,
            Catalogue = new Catalogue(),
            Images = new PngImages(1),
            Time = time,
            Seed = 1,
        };
        var met = 0;
        for (var visit = 0; visit < Visits; visit++)
        {
            var forgotten = new CustomerSession(new string('A', 43), LeftAt: 0, Ordered: []);
            customers.Leave(0, forgotten);
            await new ShopperJourney(context, new Arrival(visit, TimeSpan.Zero), TimeSpan.Zero).RunAsync(TestContext.Current.CancellationToken);
            met += customers.Take(0)?.Id == forgotten.Id ? 0 : 1;
        }

        Assert.Empty(statistics.Read().Errors);
        Assert.InRange(met, 1, Visits);
    }

    private ShopAddresses Addresses()
    {
        var command = new System.CommandLine.Command("addresses");
        var read = ShopAddresses.AddOptions(command);
        return read(command.Parse([.. ShopAddresses.Names.SelectMany(service => new[] { $"--{service}", shop.App.GetEndpoint(service).ToString() })]));
    }
}
