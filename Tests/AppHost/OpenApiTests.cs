using System.Text.Json;
using Aspire.Hosting.Testing;

namespace Shop.Tests.AppHost;

/// <summary>Each service's OpenAPI document says what else a route may answer.</summary>
[Collection(ShopTests.Name)]
public sealed class OpenApiTests(ShopFixture shop)
{
    [Theory]
    [InlineData("orders", "/orders", "post", "202 400 401 409 503")]
    [InlineData("orders", "/orders/{id}", "get", "200 401 404 503")]
    [InlineData("documents", "/documents/{id}", "get", "200 401 404 503")]
    [InlineData("payments", "/payments/{orderId}", "get", "200 401 404 503")]
    [InlineData("sessions", "/sessions/{id}/cart/items/{sku}", "put", "200 400 401 404 409 503")]
    public async Task ARouteTellsItsAnswers(string service, string path, string method, string answers)
    {
        using var client = shop.App.CreateHttpClient(service);
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var responses = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");

        Assert.Equal(answers, string.Join(' ', responses.EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal)));
    }
}
