using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Hostile;

/// <summary>Bad input returns a 4xx problem, stores nothing and reveals no internals.</summary>
[RunningShop]
public sealed class BadInputTests(ShopFixture shop)
{
    private const int Megabyte = 1024 * 1024;
    private static readonly string Deep = new string('[', 200) + new string(']', 200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The service, method, route, body and expected status.</summary>
    public static TheoryData<string, string, string, string, int> JsonInputs() => new()
    {
        { "sessions", "POST", "/sessions", """{"customerId":""", 400 },
        { "sessions", "POST", "/sessions", """{"customerId":5}""", 400 },
        { "sessions", "POST", "/sessions", """{"customerId":null}""", 400 },
        { "sessions", "POST", "/sessions", """{"customerId":""}""", 400 },
        { "sessions", "POST", "/sessions", $$"""{"customerId":"{{new string('c', 300)}}"}""", 400 },
        { "sessions", "POST", "/sessions", $$"""{"customerId":{{Deep}}}""", 400 },
        { "sessions", "POST", "/sessions", "[]", 400 },
        { "sessions", "POST", "/sessions", "", 400 },
        { "sessions", "POST", "/sessions", $$"""{"customerId":"{{new string('c', Megabyte)}}"}""", 413 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":0}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":-1}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":1001}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":99999999999}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":1.5}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{"quantity":"2"}""", 400 },
        { "sessions", "PUT", "/session/cart/items/SKU-0001", """{}""", 400 },
        { "sessions", "PUT", "/session/cart/items/not%20a%20sku", """{"quantity":1}""", 400 },
        { "orders", "POST", "/orders", "{", 400 },
        { "orders", "POST", "/orders", Deep, 400 },
        { "orders", "GET", "/orders?limit=0", "", 400 },
        { "orders", "GET", "/orders?limit=100000", "", 400 },
        { "orders", "GET", "/orders?limit=many", "", 400 },
        { "orders", "GET", "/orders/summary?day=yesterday", "", 400 },
        { "orders", "GET", "/orders/00000000-0000-0000-0000-000000000001", "", 404 },
        { "payments", "GET", "/payments/00000000-0000-0000-0000-000000000001", "", 404 },
        { "documents", "GET", "/documents/00000000-0000-0000-0000-000000000001/thumbnail", "", 404 },
        { "sessions", "GET", "/activity/nonsense?from=2026-01-01&to=2026-01-02", "", 404 },
        { "orders", "GET", "/orders/summary?day=2026-02-30", "", 400 },
        { "orders", "GET", "/orders/summary?day=9999-12-31", "", 400 },
    };

    [Theory]
    [MemberData(nameof(JsonInputs))]
    public async Task BadJsonAndParametersAreRejected(string service, string method, string route, string body, int status)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-json");
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (method != "GET")
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (service == "orders")
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await customer[service].SendAsync(request, Cancellation);

        await Problems.AssertAsync(response, status);
        var session = await customer.Sessions.GetFromJsonAsync<JsonElement>("/session", Cancellation);
        Assert.Equal("[]", session.GetProperty("cart").GetRawText());
        Assert.Empty(TestCustomer.Items(await customer.Orders.GetFromJsonAsync<JsonElement>("/orders", Cancellation)));
    }

    [Fact]
    public async Task AnOrderNeedsAKeyAndACartOfKnownProducts()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-order");
        using var empty = await customer.PostOrderAsync("empty");
        await Problems.AssertAsync(empty, 400);

        await customer.PutInCartAsync("SKU-9999", 1);
        using var unknown = await customer.PostOrderAsync("unknown");
        await Problems.AssertAsync(unknown, 400);

        using var withoutKey = await customer.Orders.PostAsJsonAsync("/orders", new { }, Cancellation);
        await Problems.AssertAsync(withoutKey, 400);
        using var longKey = await customer.PostOrderAsync(new string('k', 129));
        await Problems.AssertAsync(longKey, 400);
        Assert.Empty(TestCustomer.Items(await customer.Orders.GetFromJsonAsync<JsonElement>("/orders", Cancellation)));
    }

    public static TheoryData<string, string, int> Images() => new()
    {
        { "not a png", "image/png", 422 },
        { "another format", "image/png", 422 },
        { "no pixels", "image/png", 422 },
        { "header only", "image/png", 422 },
        { "65535 x 65535", "image/png", 422 },
        { "zip bomb", "image/png", 422 },
        { "truncated", "image/png", 422 },
        { "fewer pixels", "image/png", 422 },
        { "bytes after its end", "image/png", 422 },
        { "wrong checksum", "image/png", 422 },
        { "wrong checksum of the pixels", "image/png", 422 },
        { "empty", "image/png", 400 },
        { "valid", "image/gif", 415 },
        { "over the limit", "image/png", 413 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task AMalformedOrHostileImageIsRejected(string image, string contentType, int status)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-image");
        using var content = new ByteArrayContent(HostilePng.Create(image));
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await customer.Documents.PostAsync("/documents", content, Cancellation);

        await Problems.AssertAsync(response, status);
        Assert.Empty(TestCustomer.Items(await customer.Documents.GetFromJsonAsync<JsonElement>("/documents", Cancellation)));
    }

    [Theory]
    [InlineData("sessions", "POST", "/sessions", """{"customerId":"!"}""", "customerId")]
    [InlineData("sessions", "PUT", "/session/cart/items/-", """{"quantity":0}""", "quantity sku")]
    [InlineData("sessions", "DELETE", "/session/cart/items/-", "", "sku")]
    [InlineData("sessions", "GET", "/activity/page-views", "", "from")]
    [InlineData("sessions", "GET", "/activity/page-views?from=2026-01-02&to=2026-01-01", "", "from")]
    [InlineData("orders", "POST", "/orders", "{}", "Idempotency-Key")]
    [InlineData("orders", "GET", "/orders?limit=101&search=%00", "", "limit search")]
    [InlineData("orders", "GET", "/orders/summary", "", "day")]
    [InlineData("orders", "GET", "/products?limit=501", "", "limit")]
    [InlineData("documents", "GET", "/documents?limit=101", "", "limit")]
    public async Task AValidationProblemNamesTheFieldsOfTheRequest(
        string service, string method, string route, string body, string fields)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-fields");
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await customer[service].SendAsync(request, Cancellation);
        await Problems.AssertAsync(response, 400);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.Equal(fields, string.Join(' ', errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("sessions", "POST", "/sessions", "application/json")]
    [InlineData("sessions", "PUT", "/session/cart/items/SKU-0001", "application/json")]
    [InlineData("sessions", "PUT", "/lab/cases/SessionStore", "application/json")]
    [InlineData("orders", "POST", "/orders", "application/json")]
    [InlineData("documents", "POST", "/documents", "image/png")]
    [InlineData("gateway", "POST", "/charges", "application/json")]
    public async Task ABodyInAnotherCharsetIsRejected(string service, string method, string route, string contentType)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "hostile-charset");
        using var client = shop.App.CreateHttpClient(service);
        foreach (var charset in new[] { "foo", "utf-7", "\"utf-7\"", "utf-16" })
        {
            using var response = await SendAsync(client, customer, method, route, $"{contentType}; charset={charset}");
            await Problems.AssertAsync(response, 415);
        }
        foreach (var charset in new[] { "UTF-8", "\"utf-8\"" })
        {
            using var response = await SendAsync(client, customer, method, route, $"{contentType}; charset={charset}");
            // The body is read: it is not valid, or the lab key is missing.
            Assert.InRange((int)response.StatusCode, 400, 422);
            Assert.NotEqual(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, TestCustomer customer, string method, string address, string contentType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new ByteArrayContent("[]"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.Add("X-Session-Id", customer.SessionId);
        request.Headers.Add("Idempotency-Key", "charset");
        return await client.SendAsync(request, Cancellation);
    }
}
