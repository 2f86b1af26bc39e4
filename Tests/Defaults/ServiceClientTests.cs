using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly.Timeout;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Customers;

namespace Shop.Tests.Defaults;

/// <summary>Calls between services, verified by the attempts that reach the network.</summary>
public sealed class ServiceClientTests
{
    private const string Address = "http://127.0.0.1:5999";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHangingGetTimesOutAndIsRetried()
    {
        using var network = new StubHandler((attempt, cancellation)
            => attempt == 1 ? StubHandler.HangAsync(cancellation) : StubHandler.Respond(HttpStatusCode.OK));
        await using var services = Services(network);

        Assert.Equal("content", await Client(services).GetStringAsync("/things", Cancellation));
        Assert.Equal([new Uri($"{Address}/things"), new Uri($"{Address}/things")], network.Addresses);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task AHangingWriteTimesOutAndIsNotRetried(string method)
    {
        using var network = new StubHandler((_, cancellation) => StubHandler.HangAsync(cancellation));
        await using var services = Services(network);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/things");

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Client(services).SendAsync(request, Cancellation));
        Assert.Equal(1, network.Count);
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("POST", 1)]
    public async Task OnlyAReadIsRetriedAfterARefusedConnection(string method, int attempts)
    {
        using var network = new StubHandler((_, _) => StubHandler.Refuse());
        await using var services = Services(network);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/things");

        await Assert.ThrowsAsync<HttpRequestException>(() => Client(services).SendAsync(request, Cancellation));
        Assert.Equal(attempts, network.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task AnErrorResponseIsReturnedWithoutARetry(HttpStatusCode status)
    {
        using var network = new StubHandler((_, _) => StubHandler.Respond(status));
        await using var services = Services(network);
        using var response = await Client(services).GetAsync("/things", Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(1, network.Count);
    }

    [Fact]
    public async Task AHangingBodyTimesOut()
    {
        using var body = new HangingStream();
        using var network = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body) }));
        await using var services = Services(network);

        await Assert.ThrowsAsync<TaskCanceledException>(() => Client(services).GetStringAsync("/things", Cancellation));
    }

    [Fact]
    public async Task AHangingSessionsServiceIsUnavailable()
    {
        using var network = new StubHandler((_, cancellation) => StubHandler.HangAsync(cancellation));
        await using var services = Services(network);

        await Assert.ThrowsAsync<UnavailableException>(() => GetSessionAsync(services));
        Assert.InRange(network.Count, 2, 3);
    }

    /// <summary>A service that is down is not called for every request: the circuit opens.</summary>
    [Fact]
    public async Task ASessionsServiceThatIsDownIsUnavailableAndOpensTheCircuit()
    {
        const int calls = 400;
        using var network = new StubHandler((_, _) => StubHandler.Refuse());
        await using var services = Services(network);

        await Task.WhenAll(Enumerable.Range(0, calls)
            .Select(_ => Assert.ThrowsAsync<UnavailableException>(() => GetSessionAsync(services))));
        Assert.InRange(network.Count, 1, calls - 1);
    }

    private static ServiceProvider Services(StubHandler network)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("services:things:http:0", Address), new("services:sessions:http:0", Address)]);
        builder.AddServiceDefaults();
        builder.AddCustomers();
        builder.Services.AddServiceClient<ThingsClient>("things");
        builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => network));
        return builder.Services.BuildServiceProvider();
    }

    private static HttpClient Client(IServiceProvider services) => services.GetRequiredService<ThingsClient>().Http;

    private static Task<SessionView?> GetSessionAsync(IServiceProvider services)
        => services.GetRequiredService<SessionsClient>().GetSessionAsync(SessionIds.Create(), Cancellation);

    private sealed record ThingsClient(HttpClient Http);
}
