using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Customers;

namespace Shop.Tests.Defaults;

/// <summary>When a service asks Sessions for the customer of a request, counted by the calls that reach the network.</summary>
public sealed class CustomerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StubHandler _sessions;
    private readonly HttpClient _client = new();
    private WebApplication? _service;
    private bool _hasEnded;

    public CustomerTests()
    {
        var session = new SessionView("ada", Guid.NewGuid(), 1, [], _time.GetUtcNow().AddMinutes(30));
        _sessions = new StubHandler((_, _) => _hasEnded
            ? StubHandler.Respond(HttpStatusCode.Unauthorized)
            : Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(session) }));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadsAskSessionsEveryThirtySecondsAndEachWriteAsksOnce()
    {
        await StartAsync();
        foreach (var (method, calls) in new[] { ("GET", 1), ("HEAD", 1), ("POST", 2), ("PUT", 3), ("GET", 3), ("DELETE", 4), ("PATCH", 5) })
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(method));
            Assert.Equal(calls, _sessions.Count);
        }
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("GET"));
        Assert.Equal(6, _sessions.Count);
    }

    [Fact]
    public async Task ARefusedWriteEndsTheSessionForReadsToo()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await SendAsync("GET"));
        _hasEnded = true;

        Assert.Equal(HttpStatusCode.OK, await SendAsync("GET"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("POST"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("GET"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
        _sessions.Dispose();
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection([new("services:sessions:http:0", "http://127.0.0.1:5999")]);
        builder.AddServiceDefaults();
        builder.AddCustomers();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => _sessions));
        _service = builder.Build();
        _service.MapDefaultEndpoints();
        _service.UseCustomers();
        _service.MapGroup("/own").RequireCustomer().Map("", (Customer customer) => customer.CustomerId);
        await _service.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_service.Urls.Single());
        _client.DefaultRequestHeaders.Add(SessionIds.Header, SessionIds.Create());
    }

    private async Task<HttpStatusCode> SendAsync(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/own");
        using var response = await _client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
