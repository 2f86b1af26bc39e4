using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions;
using Shop.Sessions.Connections;
using Shop.Sessions.OrderStatus;
using Shop.Sessions.Sockets;
using Shop.Sessions.Subscriptions;

namespace Shop.Tests.Defaults;

/// <summary>A service that processes two requests at a time, and of which two more may wait.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private const int Concurrent = 2;
    private const string Key = "lab-key-of-this-test";
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly AdmissionGroup Costly = new("costly", Concurrent: 1, Queued: 0, MaxWait);
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new();
    private readonly ConcurrentQueue<string> _entered = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = [];
    private readonly WebApplication _service;

    public AdmissionTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(
            [new("Admission:Concurrent", $"{Concurrent}"), new("Admission:Queued", "2"), new("Admission:MaxWait", $"{MaxWait}"),
                new("Lab:Key", Key)]);
        builder.AddServiceDefaults();
        builder.AddCustomers<AnyCustomer>();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddOptions<LabOptions>().BindConfiguration(LabOptions.Section);
        // What the lab's routes ask for; nothing here calls one that uses the store.
        builder.Services.AddSingleton<CaseStore>().AddSingleton<CaseFlags>().AddSingleton<CollectCount>()
            .AddSingleton<InducedCollections>().AddSingleton<LiveSampler>();
        builder.Services.AddSingleton<OrderSockets>().AddSingleton(Options.Create(new SessionsOptions()));
        new CasesBuilder(builder.Services, builder.Configuration).Add<ConnectionsCase>().Add<SubscriptionsCase>();
        _service = builder.Build();
        _service.MapDefaultEndpoints();
        _service.MapLab();
        _service.UseAdmission();
        _service.UseWebSockets();
        _service.UseCustomers();
        _service.MapOrderStatus();
        _service.MapGet("/hold/{name}", HoldAsync);
        _service.MapGet("/costly/{name}", HoldAsync).AdmitAs(Costly);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private long Waiting => _service.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!
        .GetStatistics(new DefaultHttpContext())!.CurrentQueuedCount;

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_service.Urls.Single());
        _client.DefaultRequestHeaders.Add(LabOptions.KeyHeader, Key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held.Values)
            held.TrySetResult();
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task TheRequestAboveThoseThatWaitIsRefusedAtOnceAndLaterOnesAreAdmitted()
    {
        var admitted = await FillAsync();
        admitted.AddRange([.. await WaitAsync("third"), .. await WaitAsync("fourth")]);
        using (var refused = await _client.GetAsync("/hold/fifth", Cancellation))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(UnavailableException.DefaultRetryAfterSeconds), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal("The service is busy.", problem.RootElement.GetProperty("title").GetString());
        }
        foreach (var name in new[] { "first", "second", "third", "fourth", "fifth" })
            Release(name);

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 4), await Task.WhenAll(admitted));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/hold/fifth"));
    }

    [Fact]
    public async Task TheRequestThatHasWaitedLongestIsNext()
    {
        await FillAsync();
        await WaitAsync("third");
        await WaitAsync("fourth");
        Release("second");
        await Eventually.ReadAsync(() => Task.FromResult(_entered.Count), entered => entered > Concurrent, "the next to be admitted");

        Assert.Equal("third", _entered.Last());
        Assert.Equal(1, Waiting);
    }

    [Fact]
    public async Task ARequestThatHasWaitedTooLongIsRefusedAndTakesNoPlace()
    {
        var admitted = await FillAsync();
        var third = (await WaitAsync("third")).Single();
        _time.Advance(MaxWait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Waiting);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await third);

        Release("first");
        Release("second");
        await Task.WhenAll(admitted);
        Assert.Equal(Concurrent, _entered.Count);
        Assert.Equal(0, Waiting);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/metrics")]
    [InlineData("/lab/settings")]
    public async Task AProbeAndTheLabAreAnsweredByAServiceThatRefuses(string path)
    {
        await FillAsync();
        await WaitAsync("third");
        await WaitAsync("fourth");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("/hold/fifth"));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(path));
    }

    [Fact]
    public async Task AGroupHasPlacesOfItsOwn()
    {
        await FillAsync();
        var costly = SendAsync("/costly/one");
        await EnteredAsync("one");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("/costly/two"));
        Release("first");
        Release("two");

        // What the group refuses, the others still have.
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/hold/two"));
        Release("one");
        Assert.Equal(HttpStatusCode.OK, await costly);
    }

    [Fact]
    public async Task ASocketNeedsNoPlaceAndTakesNone()
    {
        using var before = await ConnectAsync();
        await FillAsync();
        using var after = await ConnectAsync();

        Assert.Equal([WebSocketState.Open, WebSocketState.Open], [before.State, after.State]);
    }

    private async Task<IResult> HoldAsync(string name)
    {
        _entered.Enqueue(name);
        await HeldAs(name).Task;
        return TypedResults.Ok();
    }

    private TaskCompletionSource HeldAs(string name)
        => _held.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Release(string name) => HeldAs(name).TrySetResult();

    private async Task<List<Task<HttpStatusCode>>> FillAsync()
    {
        var admitted = new List<Task<HttpStatusCode>>();
        foreach (var name in new[] { "first", "second" })
        {
            admitted.Add(SendAsync($"/hold/{name}"));
            await EnteredAsync(name);
        }
        return admitted;
    }

    // A list, because the task itself would be awaited.
    private async Task<IReadOnlyList<Task<HttpStatusCode>>> WaitAsync(string name)
    {
        var before = Waiting;
        var waiting = SendAsync($"/hold/{name}");
        await Eventually.ReadAsync(() => Task.FromResult(Waiting), count => count > before, $"{name} to wait");
        return [waiting];
    }

    private Task<bool> EnteredAsync(string name)
        => Eventually.ReadAsync(() => Task.FromResult(_entered.Contains(name)), entered => entered, $"{name} to be admitted");

    private async Task<HttpStatusCode> SendAsync(string path)
    {
        using var response = await _client.GetAsync(path, Cancellation);
        return response.StatusCode;
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader(SessionIds.Header, SessionIds.Create());
        var address = new UriBuilder(_client.BaseAddress!) { Scheme = Uri.UriSchemeWs, Path = "/session/orders" }.Uri;
        await socket.ConnectAsync(address, Cancellation);
        return socket;
    }

    private sealed class AnyCustomer : ISessionLookup
    {
        public ValueTask<Customer?> FindAsync(string sessionId, bool isWrite, CancellationToken cancellationToken)
            => new(new Customer("ada", sessionId));
    }
}
