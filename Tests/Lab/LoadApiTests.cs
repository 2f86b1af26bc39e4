using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lab.Load;
using Shop.Lab.Page.Load;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab;

/// <summary>The load by HTTP.</summary>
public sealed class LoadApiTests : IAsyncLifetime
{
    private const string Key = "key";
    private const string Route = "/api/load";
    private readonly HttpClient _client = new();
    private WebApplication? _page;
    private HttpStatusCode _alive = HttpStatusCode.OK;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.Services.Configure<LabOptions>(options => options.Key = Key);
        builder.Services.AddSingleton(_ => StandInShop.CreateLoad(TimeProvider.System, StandInShop.RefuseVisit, () => _alive));
        _page = builder.Build();
        _page.MapDefaultEndpoints();
        _page.MapLoadApi();
        await _page.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_page.Urls.Single());
        _client.DefaultRequestHeaders.Add(LabOptions.KeyHeader, Key);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _page!.DisposeAsync();
    }

    private LoadSession Load => _page!.Services.GetRequiredService<LoadSession>();

    [Fact]
    public async Task TheLoadIsStartedChangedReadAndStopped()
    {
        Assert.Equal(("Off", null), await ReadAsync());
        Assert.Equal(HttpStatusCode.OK, await PutAsync("""{"rate": 20}"""));
        Assert.Equal(("On", 20), await ReadAsync());
        Assert.Equal(HttpStatusCode.OK, await PutAsync("""{"rate": 200}"""));
        Assert.Equal(("On", 200), await ReadAsync());
        using var stopped = await _client.DeleteAsync(Route, Cancellation);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Equal(("Off", null), await ReadAsync());
        using var again = await _client.DeleteAsync(Route, Cancellation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("""{"rate": 0}""")]
    [InlineData("""{"rate": -1}""")]
    [InlineData("""{"rate": 201}""")]
    [InlineData("""{"rate": 20.5}""")]
    [InlineData("""{"rate": 1e30}""")]
    [InlineData("""{"rate": "20"}""")]
    [InlineData("""{"rate": null}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task AnotherRateIs400AndChangesNothing(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(body));
        Assert.Equal(("Off", null), await ReadAsync());
        await PutAsync("""{"rate": 20}""");
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(body));
        Assert.Equal(("On", 20), await ReadAsync());
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("GET", "wrong")]
    [InlineData("PUT", null)]
    [InlineData("PUT", "wrong")]
    [InlineData("DELETE", null)]
    [InlineData("DELETE", "wrong")]
    public async Task WithoutTheKeyItIs401(string method, string? key)
    {
        await PutAsync("""{"rate": 20}""");
        _client.DefaultRequestHeaders.Remove(LabOptions.KeyHeader);
        if (key is not null)
            _client.DefaultRequestHeaders.Add(LabOptions.KeyHeader, key);
        using var request = new HttpRequestMessage(new(method), Route);
        request.Content = method == "PUT" ? Json("""{"rate": 30}""") : null;
        using var response = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((LoadState.On, 20), (Load.Read().State, Load.Read().Rate));
    }

    [Fact]
    public async Task WithoutAShopItIs503WithTheReason()
    {
        _alive = HttpStatusCode.ServiceUnavailable;
        using var body = Json("""{"rate": 20}""");
        using var response = await _client.PutAsync(Route, body, Cancellation);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.StartsWith(
            "The shop is not up: no answer from sessions", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Off", null), await ReadAsync());
    }

    private async Task<HttpStatusCode> PutAsync(string body)
    {
        using var content = Json(body);
        using var response = await _client.PutAsync(Route, content, Cancellation);
        return response.StatusCode;
    }

    private async Task<(string? State, int? Rate)> ReadAsync()
    {
        var load = await _client.GetFromJsonAsync<JsonElement>(Route, Cancellation);
        var rate = load.GetProperty("rate");
        return (load.GetProperty("state").GetString(), rate.ValueKind == JsonValueKind.Null ? null : rate.GetInt32());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
