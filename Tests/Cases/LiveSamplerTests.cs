using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The samples of a host, read as the page reads them.</summary>
[Part(Part.Quick)]
public sealed class LiveSamplerTests : IAsyncLifetime
{
    private readonly WebApplication _app = CreateApp();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LiveSampler Sampler => _app.Services.GetRequiredService<LiveSampler>();

    public async ValueTask InitializeAsync() => await _app.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task RequestsAndFailuresOfThisHostAreCounted()
    {
        var before = await ReadAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        foreach (var status in new[] { 200, 404, 503 })
            await client.GetAsync($"/{status}", Cancellation);
        await client.GetAsync("/unmeasured", Cancellation);
        var after = await Eventually.ReadAsync(ReadAsync, sample => sample.Requests == before.Requests + 3, "three requests");

        Assert.Equal(before.Failures + 1, after.Failures);
    }

    /// <summary>Only the requests since the reader came are in its percentiles.</summary>
    [Fact]
    public async Task PercentilesAreNullWithoutRequests()
    {
        await ReadAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await client.GetAsync("/200", Cancellation);
        await Eventually.ReadAsync(ReadAsync, sample => sample.Requests > 0, "the request");

        Assert.Null((await ReadAsync()).P95);
    }

    /// <summary>Otherwise the page would delay every stop of a service.</summary>
    [Fact]
    public async Task TheSamplesEndWhenTheServiceStops()
    {
        await using var samples = Sampler.ReadAsync(CancellationToken.None).GetAsyncEnumerator(Cancellation);
        Assert.True(await samples.MoveNextAsync());
        _app.Lifetime.StopApplication();

        while (await samples.MoveNextAsync())
        {
        }
    }

    private async Task<LiveSample> ReadAsync()
    {
        await foreach (var sample in Sampler.ReadAsync(Cancellation))
            return sample;
        throw new InvalidOperationException("There was no sample.");
    }

    private static WebApplication CreateApp()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddMetrics();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<CollectCount>().AddSingleton<RequestTimes>()
            .AddSingleton<LiveSampler>();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/{status:int}", (int status) => Results.StatusCode(status));
        app.MapGet("/unmeasured", () => Results.Ok()).DisableHttpMetrics();
        return app;
    }
}
