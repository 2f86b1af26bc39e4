using System.Diagnostics;
using Shop.ServiceDefaults.Customers;

namespace Shop.Tests.Telemetry;

/// <summary>The contents of request spans, and the requests that have no span.</summary>
public sealed class RequestSpanTests : IAsyncLifetime
{
    private DefaultsServer? _server;

    public async ValueTask InitializeAsync() => _server = await DefaultsServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task ASpanIsNamedAfterItsRouteAndHasTheStatusAndTheVariantOfTheCaseThatTheRouteFeeds()
    {
        var span = await TraceAsync(new(HttpMethod.Get, "/things/5"));

        Assert.Equal("GET /things/{id}", span.DisplayName);
        Assert.Equal("/things/{id}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        var variant = Assert.Single(span.TagObjects, tag => tag.Key.StartsWith("shop.case.", StringComparison.Ordinal));
        Assert.Equal(new("shop.case.DocumentEvents", "Fixed"), variant);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task AServerErrorSetsTheStatusOfTheSpanAndKeepsItsRoute()
    {
        var span = await TraceAsync(new(HttpMethod.Get, "/broken"));

        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(503, span.GetTagItem("http.response.status_code"));
        Assert.Equal("GET /broken", span.DisplayName);
        Assert.DoesNotContain(span.TagObjects, tag => tag.Key.StartsWith("shop.case.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 7L)]
    [InlineData(true, null)]
    public async Task ASpanHasTheContentLengthOfTheBody(bool isChunked, long? bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/things") { Content = new StringContent("1234567") };
        request.Headers.TransferEncodingChunked = isChunked;
        var span = await TraceAsync(request);

        Assert.Equal(bytes, span.GetTagItem("http.request.body.size"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/metrics")]
    public async Task AProbeHasNoSpan(string probe)
    {
        // Both requests use one connection, so the first has ended when the second is processed.
        var spans = await _server!.TraceAsync(servers: 1, new(HttpMethod.Get, probe), new(HttpMethod.Get, "/things/5"));
        Assert.Equal("GET /things/{id}", Assert.Single(spans, span => span.Kind == ActivityKind.Server).DisplayName);
    }

    [Fact]
    public async Task NoSpanContainsASessionId()
    {
        var id = SessionIds.Create();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/5") { Headers = { { SessionIds.Header, id } } };
        // The client span of the first request has ended when the second is sent.
        var spans = await _server!.TraceAsync(servers: 2, request, new(HttpMethod.Get, "/things/6"));

        Assert.Contains(spans, span => span.Kind == ActivityKind.Client
            && $"{span.GetTagItem("url.full")}".EndsWith("/things/5", StringComparison.Ordinal));
        Assert.Contains(spans, span => span.Kind == ActivityKind.Server && $"{span.GetTagItem("url.path")}" == "/things/5");
        Assert.All(spans, span => Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains(id, StringComparison.Ordinal)));
    }

    private async Task<Activity> TraceAsync(HttpRequestMessage request)
        => Assert.Single(await _server!.TraceAsync(servers: 1, request), span => span.Kind == ActivityKind.Server);
}
