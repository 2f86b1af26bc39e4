using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Hostile;

/// <summary>A request needs a valid session, which is checked before its body, and reaches only its own customer's resources.</summary>
[RunningShop]
public sealed class SessionCheckTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnotherCustomersResourceReturns404()
    {
        using var owner = await TestCustomer.LogInAsync(shop.App, "hostile-owner");
        using var stranger = await TestCustomer.LogInAsync(shop.App, "hostile-stranger");
        var orderId = await owner.PlaceUntilAsync("Settled");
        var documentId = (await owner.WaitForInvoiceAsync(orderId)).GetProperty("documentId").GetGuid();

        foreach (var (client, route) in new[]
        {
            (stranger.Orders, $"/orders/{orderId}"),
            (stranger.Payments, $"/payments/{orderId}"),
            (stranger.Documents, $"/documents/{documentId}"),
            (stranger.Documents, $"/documents/{documentId}/thumbnail"),
            (stranger.Documents, $"/documents/{documentId}/preview"),
            (stranger.Documents, $"/documents/{documentId}/report"),
            (stranger.Documents, $"/documents/{documentId}/content"),
        })
        {
            using var response = await client.GetAsync(route, Cancellation);
            await Problems.AssertAsync(response, 404);
        }
        var documents = await stranger.Documents.GetFromJsonAsync<JsonElement>($"/documents?orderId={orderId}", Cancellation);
        Assert.Empty(TestCustomer.Items(documents));
    }

    [Theory]
    [InlineData("orders", "/orders")]
    [InlineData("payments", "/payments/00000000-0000-0000-0000-000000000001")]
    [InlineData("documents", "/documents")]
    [InlineData("sessions", "/activity/cart-changes")]
    [InlineData("sessions", "/session")]
    [InlineData("sessions", "/session/orders")]
    public async Task AMissingOrInvalidSessionReturns401(string service, string route)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-session");
        foreach (var session in new[] { "", "short", new string('A', 43), new string('%', 43) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(customer[service].BaseAddress!, route));
            request.Headers.TryAddWithoutValidation("X-Session-Id", session);
            using var anonymous = new HttpClient();
            using var response = await anonymous.SendAsync(request, Cancellation);
            await Problems.AssertAsync(response, 401);
            Assert.Equal("Session", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("orders", "POST", "/orders", "application/json")]
    [InlineData("documents", "POST", "/documents", "image/png")]
    [InlineData("sessions", "PUT", "/session/cart/items/SKU-0001", "application/json")]
    public async Task TheSessionIsCheckedBeforeTheBodyIsRead(string service, string method, string route, string contentType)
    {
        using var anonymous = shop.App.CreateHttpClient(service);
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        request.Content = new StringContent("{", Encoding.UTF8, contentType);
        using var response = await anonymous.SendAsync(request, Cancellation);
        await Problems.AssertAsync(response, 401);
    }

    /// <summary>Browsers cannot set headers on a WebSocket, but they can offer the id as a subprotocol, which is not repeated.</summary>
    [Theory]
    [InlineData("none", "none", 401)]
    [InlineData("own", "none", 101)]
    [InlineData("unknown", "none", 401)]
    [InlineData("none", "own", 101)]
    [InlineData("none", "unknown", 401)]
    [InlineData("unknown", "own", 401)]
    public async Task AWebSocketSendsItsSessionInAHeaderOrAsASubProtocol(string header, string offered, int status)
    {
        using var owner = await TestCustomer.LogInAsync(shop.App, "hostile-socket");
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        if (header != "none")
            socket.Options.SetRequestHeader("X-Session-Id", SessionOf(header));
        if (offered != "none")
        {
            socket.Options.AddSubProtocol($"shop.session.{SessionOf(offered)}");
            socket.Options.AddSubProtocol("shop.order-status");
        }
        var address = new UriBuilder(owner.Sessions.BaseAddress!) { Scheme = "ws", Path = "/session/orders" }.Uri;
        var failure = await Record.ExceptionAsync(() => socket.ConnectAsync(address, Cancellation));

        Assert.Equal(status, (int)socket.HttpStatusCode);
        Assert.Equal(status != 101, failure is WebSocketException);
        Assert.Equal(status == 101 && offered != "none" ? "shop.order-status" : null, socket.SubProtocol);

        string SessionOf(string whose) => whose == "own" ? owner.SessionId : new string('A', 43);
    }
}
