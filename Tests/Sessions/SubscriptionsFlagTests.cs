using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: which sockets leave their subscription.</summary>
public sealed class SubscriptionsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Lost = 5;
    private const int ClosedByTheService = 3;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var lab = await Shop.LabAsync(Study.Service);
        var before = await lab.HeldItemsAsync(Study.Id);
        using var customer = await TestCustomer.LogInAsync(Shop.App, "subscriptions");
        for (var index = 0; index < Lost; index++)
        {
            using var socket = await customer.OpenSocketAsync();
            socket.Abort();
        }
        using var loggedOut = await TestCustomer.LogInAsync(Shop.App, "subscriptions-log-out");
        var sockets = await LogOutAsync(loggedOut);

        await Eventually.ReadAsync(
            () => lab.HeldItemsAsync(Study.Id), held => held - before == Holds(variant).Least, "the sockets to end");
        sockets.ForEach(socket => socket.Dispose());
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => variant switch
    {
        CaseVariant.Leaky => (Lost + ClosedByTheService, Lost + ClosedByTheService),
        CaseVariant.Published => (ClosedByTheService, ClosedByTheService),
        _ => (0, 0),
    };

    /// <summary>The service closes the sockets of a session that has ended, and they answer.</summary>
    private static async Task<List<ClientWebSocket>> LogOutAsync(TestCustomer customer)
    {
        var sockets = new List<ClientWebSocket>();
        for (var index = 0; index < ClosedByTheService; index++)
            sockets.Add(await customer.OpenSocketAsync());
        using var loggedOut = await customer.Sessions.DeleteAsync("/session", Cancellation);
        Assert.True(loggedOut.IsSuccessStatusCode);
        foreach (var socket in sockets)
        {
            Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[256], Cancellation)).MessageType);
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
            // Not awaited: after its frame it waits a second for the server to disconnect, which a waiting request never does.
            _ = socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        }
        return sockets;
    }
}
