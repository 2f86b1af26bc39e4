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

    /// <summary>The page brings its script itself, so that it works without the internet.</summary>
    [Theory]
    [InlineData("/scalar/", "text/html")]
    [InlineData("/scalar/scalar.js", "text/javascript")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/health", "text/plain")]
    [InlineData("/alive", "text/plain")]
    public async Task ADefaultEndpointAnswers(string path, string type)
    {
        using var response = await _server!.Client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(type, response.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDescriptionHasTheServicesOwnRoutesOnly()
    {
        using var document = JsonDocument.Parse(await _server!.Client.GetStringAsync("/openapi/v1.json", Cancellation));
        Assert.Equal(["/broken", "/sessions/{id}/cart", "/things", "/things/{id}"],
            document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ProbesAreNotAmongTheRequestsThatAreMeasured()
    {
        foreach (var path in (string[])["/health", "/alive", "/metrics", "/things/5"])
            await _server!.Client.GetStringAsync(path, Cancellation);
        // An answer is kept for a moment, so the next one may still be the one from before.
        var routes = await Eventually.ReadAsync(ReadRoutesAsync, lines => lines.Any(line => line.Contains("http_route=\"/things/{id}\"", StringComparison.Ordinal)), "the request to be measured");

        Assert.DoesNotContain(routes, line => line.Contains("\"/health\"", StringComparison.Ordinal) || line.Contains("\"/alive\"", StringComparison.Ordinal) || line.Contains("\"/metrics\"", StringComparison.Ordinal));
    }

    private async Task<List<string>> ReadRoutesAsync()
        => [.. (await _server!.Client.GetStringAsync("/metrics", Cancellation)).Split('\n')
            .Where(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal))];
}
