using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Shop.Tests.AppHost;

namespace Shop.Tests.Hostile;

/// <summary>In all services, problems have the same type exactly if they have the same title (RFC 9457 §3.1).</summary>
[RunningShop]
public sealed class ProblemTypeTests(ShopFixture shop)
{
    private const string StatusOnly = "about:blank";
    private const string Json = "application/json";
    private const string Key = "problem-types";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The service, method, route, content type and body.</summary>
    private static readonly (string Service, string Method, string Route, string ContentType, string Body)[] Requests =
    [
        ("sessions", "POST", "/sessions", "application/json", "{"),
        ("sessions", "POST", "/sessions", "application/json", """{"customerId":"!"}"""),
        ("sessions", "POST", "/sessions", "text/plain", "x"),
        ("sessions", "POST", "/sessions", "application/json; charset=foo", "{}"),
        ("sessions", "POST", "/sessions", "application/json", new string(' ', 1024 * 1024 + 1)),
        ("sessions", "GET", "/nowhere", "", ""),
        ("sessions", "PATCH", "/sessions", "", ""),
        ("sessions", "GET", "/activity/nonsense?from=2026-01-01&to=2026-01-02", "", ""),
        ("sessions", "GET", "/activity/page-views", "", ""),
        ("orders", "GET", "/orders?limit=many", "", ""),
        ("orders", "GET", "/orders/summary?day=2026-02-30", "", ""),
        ("orders", "GET", "/orders/00000000-0000-0000-0000-000000000001", "", ""),
        ("orders", "POST", "/orders", "application/json", "[]"),
        ("orders", "POST", "/orders", "application/json", "{}"),
        ("payments", "GET", "/payments/00000000-0000-0000-0000-000000000001", "", ""),
        ("documents", "POST", "/documents", "image/gif", "x"),
        ("documents", "POST", "/documents", "image/png", "x"),
        ("documents", "POST", "/documents", "image/png", ""),
        ("documents", "GET", "/documents/00000000-0000-0000-0000-000000000001/report", "", ""),
        ("sessions", "PUT", "/lab/cases/Sessions", "application/json", "{}"),
        ("orders", "PUT", "/lab/cases/Orders", "application/json", "{}"),
        ("orders", "PUT", "/lab/cases/OrderEvents", "application/json", "{}"),
        ("payments", "PUT", "/lab/cases/Payments", "application/json", "{}"),
        ("payments", "POST", "/lab/collect?passes=0", "", ""),
        ("documents", "PUT", "/lab/cases/Documents", "application/json", "{}"),
        ("documents", "PUT", "/lab/cases/DocumentCache", "application/json", """{"variant":"1"}"""),
        ("gateway", "POST", "/charges", "application/json", "{}"),
        ("gateway", "GET", "/charges/none", "", ""),
    ];

    [Fact]
    public async Task ATypeHasOneTitleAndATitleOneType()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "problem-types");
        var problems = new List<JsonElement>();
        foreach (var (service, method, route, contentType, body) in Requests)
            problems.Add(await ProblemWithKeyAsync(service, method, route, contentType, body, customer.SessionId));
        using var anonymous = shop.App.CreateHttpClient("orders");
        problems.Add(await ProblemAsync(anonymous, "GET", "/orders", "", "", session: null));
        problems.Add(await ProblemAsync(anonymous, "GET", "/lab/cases", "", "", session: null));
        problems.AddRange(await SocketProblemsAsync(customer));
        problems.AddRange(await ConflictsAsync(customer));

        Assert.All(problems.Where(problem => Type(problem) != StatusOnly).GroupBy(problem => Type(problem)), type =>
            Assert.Single(type.Select(problem => Text(problem, "title")).Distinct()));
        Assert.All(problems.GroupBy(problem => Text(problem, "title")), title =>
            Assert.Single(title.Select(problem => Type(problem)).Distinct()));
        Assert.All(problems.Where(problem => Type(problem) == StatusOnly), problem =>
            Assert.Equal(ReasonPhrases.GetReasonPhrase(problem.GetProperty("status").GetInt32()), Text(problem, "title")));
        Assert.Equal(3, problems.Where(problem => problem.GetProperty("status").GetInt32() == 409).DistinctBy(Type).Count());
        // The four services have other cases, but the problem is the same.
        Assert.Equal(4, problems.Count(problem => Text(problem, "title") == "This service has no such case."));
        Assert.InRange(problems.Select(problem => Type(problem)).Distinct().Count(), 15, problems.Count);
    }

    // 400 without an upgrade, and 429 beyond the limit of a customer.
    private async Task<IReadOnlyList<JsonElement>> SocketProblemsAsync(TestCustomer customer)
    {
        const int limit = 16;
        const string route = "/session/orders";
        using var client = shop.App.CreateHttpClient("sessions");
        var plain = await ProblemAsync(client, "GET", route, "", "", customer.SessionId);
        var sockets = new List<IDisposable>();
        try
        {
            for (var index = 0; index < limit; index++)
                sockets.Add(await customer.OpenSocketAsync());
            client.DefaultRequestHeaders.Connection.Add("Upgrade");
            client.DefaultRequestHeaders.Upgrade.Add(new ProductHeaderValue("websocket"));
            client.DefaultRequestHeaders.Add("Sec-WebSocket-Version", "13");
            client.DefaultRequestHeaders.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            var refused = await ProblemAsync(client, "GET", route, "", "", customer.SessionId);
            Assert.Equal(429, refused.GetProperty("status").GetInt32());
            return [plain, refused];
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    // A cart that was ordered, a key of another request, and a cart that is full.
    private static async Task<IReadOnlyList<JsonElement>> ConflictsAsync(TestCustomer customer)
    {
        const int products = 100;
        await customer.PlaceOrderAsync();
        var ordered = await ProblemAsync(customer.Orders, "POST", "/orders", Json, "{}", customer.SessionId);
        await customer.PutInCartAsync("SKU-0001", 1);
        using var placed = await customer.PostOrderAsync(Key);
        Assert.Equal(HttpStatusCode.Accepted, placed.StatusCode);
        var reused = await ProblemAsync(customer.Orders, "POST", "/orders", Json, """{"other":1}""", customer.SessionId);
        for (var index = 0; index <= products; index++)
        {
            using var added = await customer.Sessions.PutAsJsonAsync(
                $"/session/cart/items/FULL-{index}", new { quantity = 1 }, Cancellation);
        }
        var full = await ProblemAsync(
            customer.Sessions, "PUT", "/session/cart/items/ONE-MORE", Json, """{"quantity":1}""", customer.SessionId);
        Assert.All([ordered, reused, full], problem => Assert.Equal(409, problem.GetProperty("status").GetInt32()));
        return [ordered, reused, full];
    }

    private async Task<JsonElement> ProblemWithKeyAsync(
        string service, string method, string route, string contentType, string body, string session)
    {
        using var client = await shop.LabAsync(service);
        return await ProblemAsync(client, method, route, contentType, body, session);
    }

    private static async Task<JsonElement> ProblemAsync(
        HttpClient client, string method, string route, string contentType, string body, string? session)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (contentType.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        request.Headers.TryAddWithoutValidation("X-Session-Id", session);
        if (route == "/orders")
            request.Headers.Add("Idempotency-Key", Key);
        using var response = await client.SendAsync(request, Cancellation);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(problem.TryGetProperty("type", out _), $"{method} {route}: {problem}");
        return problem;
    }

    private static string Type(JsonElement problem) => Text(problem, "type");

    private static string Text(JsonElement problem, string property) => problem.GetProperty(property).GetString()!;
}
