using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The names at which the lab's routes can be called, where a network policy says who reaches them.</summary>
public sealed class LabHostTests
{
    private const string Key = "key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost", null, Key, HttpStatusCode.OK)]
    [InlineData("documents", null, Key, HttpStatusCode.OK)]
    [InlineData("documents", null, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("other", null, Key, HttpStatusCode.Forbidden)]
    [InlineData("documents.evil.example", null, Key, HttpStatusCode.Forbidden)]
    // A web page's, even of the service itself.
    [InlineData("documents", "http://documents", Key, HttpStatusCode.Forbidden)]
    public async Task AProgramCallsItByAConfiguredNameAndTheKey(string host, string? origin, string key, HttpStatusCode status)
    {
        await using var app = await StartAsync("documents");
        Assert.Equal(status, await CallAsync(app, host, origin, key));
    }

    [Fact]
    public async Task NoneIsConfigured()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(app, "documents", null, Key));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("http://documents")]
    [InlineData("")]
    public async Task WhatIsNoNameIsRefusedAtTheStart(string host)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(host));
        Assert.Equal("Lab:Hosts has a value that is no host name.", refusal.Message);
    }

    private static async Task<WebApplication> StartAsync(params string[] hosts)
    {
        // Nobody connects to Redis: what serves the cases is not started.
        var builder = WebApplication.CreateBuilder(
            ["--ConnectionStrings:redis=127.0.0.1:1", $"--Lab:Key={Key}", .. hosts.Select((host, index) => $"--Lab:Hosts:{index}={host}")]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddCases();
        builder.Services.RemoveAll<IHostedService>();
        var app = builder.Build();
        app.MapGroup("/lab").RequireLabKey().MapGet("/", () => TypedResults.Ok());
        await app.StartAsync(Cancellation);
        return app;
    }

    private static async Task<HttpStatusCode> CallAsync(WebApplication app, string host, string? origin, string key)
    {
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lab");
        request.Headers.Host = host;
        request.Headers.Add(LabOptions.KeyHeader, key);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
