using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults;

namespace Shop.Tests.Telemetry;

/// <summary>A service of defaults, a case and some routes in this process, on a port of its own.</summary>
internal sealed class DefaultsServer : IAsyncDisposable
{
    // One connection, so that the server serves one request after the other.
    private readonly SocketsHttpHandler _connection = new() { MaxConnectionsPerServer = 1 };
    private readonly WebApplication _app;
    private readonly EndedSpans _spans;

    private DefaultsServer(WebApplication app, EndedSpans spans)
    {
        _app = app;
        _spans = spans;
        Client = new HttpClient(_connection);
        app.MapDefaultEndpoints();
        app.MapGet("/things/{id}", (string id) => id);
        app.MapPost("/things", () => "");
        app.MapGet("/broken", IResult () => throw new UnavailableException("Nothing works."));
        app.MapGet("/sessions/{id}/cart", (string id) => "");
    }

    public HttpClient Client { get; }

    public static async Task<DefaultsServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(IDocumentEvents).Assembly.GetName().Name });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.AddDocumentEvents();
        var spans = new EndedSpans();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
        var server = new DefaultsServer(builder.Build(), spans);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Client.BaseAddress = new Uri(server._app.Urls.Single());
        return server;
    }

    /// <summary>Sends requests one after the other, as one trace, and returns its spans up to that of so many servers.</summary>
    public async Task<IReadOnlyList<Activity>> TraceAsync(int servers, params HttpRequestMessage[] requests)
    {
        using var root = new Activity("test");
        root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        root.Start();
        foreach (var request in requests)
        {
            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        }
        return await _spans.ReadAsync(root.TraceId, servers);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _connection.Dispose();
        await _app.DisposeAsync();
    }
}
