using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Shop.Tests.Hostile;

namespace Shop.Tests.AppHost;

/// <summary>A customer of the running Shop: a session, and clients that send its id to the services.</summary>
internal sealed class TestCustomer : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestCustomer(DistributedApplication app, string sessionId)
    {
        SessionId = sessionId;
        Sessions = Client(app, "sessions", sessionId);
        Orders = Client(app, "orders", sessionId);
        Payments = Client(app, "payments", sessionId);
        Documents = Client(app, "documents", sessionId);
    }

    public string SessionId { get; }

    public HttpClient Sessions { get; }

    public HttpClient Orders { get; }

    public HttpClient Payments { get; }

    public HttpClient Documents { get; }

    /// <summary>The client of the service with the given name.</summary>
    public HttpClient this[string service] => service switch
    {
        "sessions" => Sessions,
        "orders" => Orders,
        "payments" => Payments,
        _ => Documents,
    };

    public static async Task<TestCustomer> LogInAsync(DistributedApplication app, string customerId)
    {
        using var sessions = app.CreateHttpClient("sessions");
        using var response = await sessions.PostAsJsonAsync("/sessions", new { customerId }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var session = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return new TestCustomer(app, session.GetProperty("sessionId").GetString()!);
    }

    public async Task PutInCartAsync(string sku, int quantity)
    {
        using var response = await Sessions.PutAsJsonAsync($"/session/cart/items/{sku}", new { quantity }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Sends POST /orders, by default with an empty JSON object as the body.</summary>
    public async Task<HttpResponseMessage> PostOrderAsync(string key, string body = "{}", string? traceparent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders");
        request.Content = new StringContent(body, null, "application/json");
        request.Headers.Add("Idempotency-Key", key);
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        return await Orders.SendAsync(request, Cancellation);
    }

    /// <summary>Places an order of one product and returns its id.</summary>
    public async Task<Guid> PlaceOrderAsync(string sku = "SKU-0001", int quantity = 2, string? traceparent = null)
    {
        await PutInCartAsync(sku, quantity);
        using var response = await PostOrderAsync(Guid.NewGuid().ToString("N"), traceparent: traceparent);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("orderId").GetGuid();
    }

    /// <summary>Waits until the order is settled or declined and returns its status.</summary>
    public async Task<string> WaitForOutcomeAsync(Guid orderId)
        => await Eventually.ReadAsync(
            async () => (await Orders.GetFromJsonAsync<JsonElement>($"/orders/{orderId}", Cancellation)).GetProperty("status").GetString()!,
            status => status != "Pending", $"the outcome of order {orderId}");

    /// <summary>Places orders until one has the given outcome, which the gateway derives from the order's id.</summary>
    public async Task<Guid> PlaceUntilAsync(string outcome)
    {
        const int orders = 60;
        for (var index = 0; index < orders; index++)
        {
            var orderId = await PlaceOrderAsync();
            if (await WaitForOutcomeAsync(orderId) == outcome)
                return orderId;
        }
        throw new InvalidOperationException($"None of {orders} orders was {outcome}.");
    }

    /// <summary>Waits for the invoice of a settled order.</summary>
    public async Task<JsonElement> WaitForInvoiceAsync(Guid orderId)
    {
        var list = await Eventually.ReadAsync(
            () => Documents.GetFromJsonAsync<JsonElement>($"/documents?orderId={orderId}", Cancellation),
            documents => Items(documents).Any(), $"the invoice of order {orderId}");
        return Items(list).First();
    }

    /// <summary>Uploads an image, by default a small one, and returns the document's id.</summary>
    public async Task<Guid> UploadAsync(byte[]? image = null)
    {
        using var content = new ByteArrayContent(image ?? HostilePng.Valid());
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var response = await Documents.PostAsync("/documents", content, Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("documentId").GetGuid();
    }

    public async Task<ClientWebSocket> OpenSocketAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Session-Id", SessionId);
        var address = new UriBuilder(Sessions.BaseAddress!) { Scheme = "ws", Path = "/session/orders" }.Uri;
        await socket.ConnectAsync(address, Cancellation);
        return socket;
    }

    public void Dispose()
    {
        Sessions.Dispose();
        Orders.Dispose();
        Payments.Dispose();
        Documents.Dispose();
    }

    /// <summary>The items of a page, which is an array or an object with an array.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement page)
        => page.ValueKind == JsonValueKind.Array
            ? page.EnumerateArray()
            : page.EnumerateObject().First(property => property.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray();

    private static HttpClient Client(DistributedApplication app, string service, string sessionId)
    {
        var client = app.CreateHttpClient(service);
        client.DefaultRequestHeaders.Add("X-Session-Id", sessionId);
        return client;
    }
}
