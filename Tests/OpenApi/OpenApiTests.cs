using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.OpenApi;

/// <summary>The OpenAPI document of each service says what its routes require and return.</summary>
[RunningShop]
public sealed class OpenApiTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("orders", "/products", "get", "200 400 503")]
    [InlineData("orders", "/orders", "post", "202 400 401 409 413 415 503")]
    [InlineData("orders", "/orders", "get", "200 400 401 503")]
    [InlineData("orders", "/orders/{id}", "get", "200 401 404 503")]
    [InlineData("orders", "/orders/summary", "get", "200 400 401 503")]
    [InlineData("orders", "/orders/export", "get", "200 401 503")]
    [InlineData("documents", "/documents", "post", "201 400 401 413 415 422 503")]
    [InlineData("documents", "/documents", "get", "200 400 401 503")]
    [InlineData("documents", "/documents/{id}", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}/thumbnail", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}/preview", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}/report", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}/content", "get", "200 401 404 503")]
    [InlineData("payments", "/payments/{orderId}", "get", "200 401 404 503")]
    [InlineData("sessions", "/sessions", "post", "201 400 413 415 503")]
    [InlineData("sessions", "/session/cart/items/{sku}", "put", "200 400 401 409 413 415 503")]
    [InlineData("sessions", "/activity/{metric}", "get", "200 400 401 404 429 503")]
    public async Task ARouteListsItsStatusCodes(string service, string path, string method, string statusCodes)
    {
        var responses = (await ReadAsync(service, path, method)).GetProperty("responses").EnumerateObject().ToList();

        Assert.Equal(statusCodes, string.Join(' ', responses.Select(response => response.Name).Order(StringComparer.Ordinal)));
        Assert.All(
            responses.Where(response => response.Name[0] is '4' or '5'), response => Assert.True(
                response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), response.Name));
    }

    [Theory]
    [InlineData("orders", "/orders/export", "application/jsonl")]
    [InlineData("documents", "/documents/{id}/thumbnail", "image/png")]
    [InlineData("documents", "/documents/{id}/preview", "text/plain")]
    [InlineData("documents", "/documents/{id}/report", "application/jsonl")]
    [InlineData("documents", "/documents/{id}/content", "image/png")]
    public async Task AFileHasItsMediaType(string service, string path, string type)
    {
        var content = (await ReadAsync(service, path, "get")).GetProperty("responses").GetProperty("200").GetProperty("content");

        Assert.Equal(type, Assert.Single(content.EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("orders", "/products", "get", false, "")]
    [InlineData("orders", "/orders", "post", true, "Idempotency-Key")]
    [InlineData("orders", "/orders", "get", true, "")]
    [InlineData("orders", "/orders/summary", "get", true, "day")]
    [InlineData("documents", "/documents", "post", true, "")]
    [InlineData("payments", "/payments/{orderId}", "get", true, "orderId")]
    [InlineData("sessions", "/sessions", "post", false, "")]
    [InlineData("sessions", "/activity/{metric}", "get", true, "from metric to")]
    [InlineData("gateway", "/charges", "post", false, "Customer-Reference Idempotency-Key")]
    public async Task ARouteListsWhatItRequires(string service, string path, string method, bool session, string parameters)
    {
        var operation = await ReadAsync(service, path, method);
        JsonElement[] listed = operation.TryGetProperty("parameters", out var all) ? [.. all.EnumerateArray()] : [];
        var required = listed.Where(parameter => parameter.TryGetProperty("required", out var value) && value.GetBoolean())
            .Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal);

        Assert.Equal(parameters, string.Join(' ', required));
        Assert.Equal(session, operation.TryGetProperty("security", out _));
    }

    [Theory]
    [InlineData("sessions")]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("documents")]
    public async Task TheSessionIsASecurityScheme(string service)
    {
        var scheme = (await ReadAsync(service)).GetProperty("components").GetProperty("securitySchemes").GetProperty("Session");

        Assert.Equal(("apiKey", "header", "X-Session-Id"),
            (scheme.GetProperty("type").GetString(), scheme.GetProperty("in").GetString(), scheme.GetProperty("name").GetString()));
    }

    private async Task<JsonElement> ReadAsync(string service, string path, string method)
        => (await ReadAsync(service)).GetProperty("paths").GetProperty(path).GetProperty(method);

    private async Task<JsonElement> ReadAsync(string service)
    {
        using var client = shop.App.CreateHttpClient(service);
        return JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", Cancellation));
    }
}
