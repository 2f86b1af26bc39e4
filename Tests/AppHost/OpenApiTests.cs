using System.Text.Json;
using Aspire.Hosting.Testing;

namespace Shop.Tests.AppHost;

/// <summary>The OpenAPI document of each service lists all status codes of a route.</summary>
[RunningShop]
public sealed class OpenApiTests(ShopFixture shop)
{
    [Theory]
    [InlineData("orders", "/orders", "post", "202 400 401 409 503")]
    [InlineData("orders", "/orders/{id}", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}", "get", "200 401 404 503")]
    [InlineData("payments", "/payments/{orderId}", "get", "200 401 404 503")]
    [InlineData("sessions", "/session/cart/items/{sku}", "put", "200 400 401 409 503")]
    public async Task ARouteListsItsStatusCodes(string service, string path, string method, string statusCodes)
    {
        using var client = shop.App.CreateHttpClient(service);
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var responses = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");

        var listed = responses.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal);
        Assert.Equal(statusCodes, string.Join(' ', listed));
    }
}
