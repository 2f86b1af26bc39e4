using System.Net;
using System.Text.Json;
using Shop.Tests.Telemetry;

namespace Shop.Tests.Defaults;

/// <summary>The endpoints that every service has.</summary>
public sealed class DefaultEndpointTests : IAsyncLifetime
{
    private DefaultsServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await DefaultsServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The API reference serves its own script, so it works without internet access.</summary>
    [Theory]
    [InlineData("/scalar/", "text/html")]
    [InlineData("/scalar/scalar.js", "text/javascript")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/health", "text/plain")]
    [InlineData("/alive", "text/plain")]
    public async Task ADefaultEndpointResponds(string path, string type)
    {
        using var response = await _server!.Client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(type, response.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOpenApiDocumentListsOnlyTheServicesOwnRoutes()
    {
        using var document = JsonDocument.Parse(await _server!.Client.GetStringAsync("/openapi/v1.json", Cancellation));
        Assert.Equal(["/broken", "/things", "/things/{id}"],
            document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>A client that accepts no JSON receives the right status and the problem nevertheless.</summary>
    [Theory]
    [InlineData("/broken", 503)]
    [InlineData("/nowhere", 404)]
    public async Task AProblemDoesNotDependOnWhatTheClientAccepts(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "image/png");
        using var response = await _server!.Client.SendAsync(request, Cancellation);

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }
}
