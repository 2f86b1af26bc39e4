using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Shop.Gateway;
using Shop.ServiceDefaults;

namespace Shop.Tests.Payments;

/// <summary>The gateway's stand-in in this process, on a port of its own, and the length that its last request announced.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayServer(WebApplication app)
    {
        _app = app;
        app.MapDefaultEndpoints();
        app.Use((context, next) =>
        {
            AnnouncedBytes = context.Request.ContentLength;
            return next(context);
        });
        app.MapCharges();
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The last request's Content-Length; null where it was chunked.</summary>
    public long? AnnouncedBytes { get; private set; }

    public static async Task<GatewayServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ChargesApi).Assembly.GetName().Name });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.AddCharges();
        var server = new GatewayServer(builder.Build());
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
