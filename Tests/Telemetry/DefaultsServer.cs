using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;
using Shop.Documents.DocumentCache;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Telemetry;

/// <summary>A service in this process, on its own port, with the service defaults, a case and some routes.</summary>
internal sealed class DefaultsServer : IAsyncDisposable
{
    // A single connection, so that the server processes the requests sequentially.
    private readonly SocketsHttpHandler _connection = new() { MaxConnectionsPerServer = 1 };
    private readonly WebApplication _app;
    private readonly EndedSpans _spans;

    private DefaultsServer(WebApplication app, EndedSpans spans)
    {
        _app = app;
        _spans = spans;
        Client = new HttpClient(_connection);
        app.MapDefaultEndpoints();
        app.UseCases();
        app.MapGet("/things/{id}", (string id) => id).Feeds<DocumentEventsCase>();
        app.MapPost("/things", () => "");
        app.MapGet("/broken", IResult () => throw new UnavailableException("Nothing works."));
    }

    public HttpClient Client { get; }

    public static async Task<DefaultsServer> StartAsync()
    {
        var application = typeof(IDocumentEvents).Assembly.GetName().Name;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = application });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>().Add<DocumentCacheCase>();
        var spans = new EndedSpans();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
        var server = new DefaultsServer(builder.Build(), spans);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Client.BaseAddress = new Uri(server._app.Urls.Single());
        return server;
    }

    /// <summary>Sends requests sequentially, as one trace, and returns its spans up to the given number of server spans.</summary>
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
