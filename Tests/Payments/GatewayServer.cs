using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Shop.Gateway;
using Shop.ServiceDefaults;

namespace Shop.Tests.Payments;

/// <summary>The gateway's stand-in, in process on a free port; records the Content-Length of its last request.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayServer(WebApplication app)
    {
        _app = app;
        app.MapDefaultEndpoints();
        app.Use((context, next) =>
        {
            LastContentLength = context.Request.ContentLength;
            return next(context);
        });
        app.MapCharges();
        app.MapCustomers();
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The last request's Content-Length; null if it was chunked.</summary>
    public long? LastContentLength { get; private set; }

    public static async Task<GatewayServer> StartAsync()
    {
        var options = new WebApplicationOptions { ApplicationName = typeof(ChargesApi).Assembly.GetName().Name };
        var builder = WebApplication.CreateBuilder(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.AddCharges();
        var server = new GatewayServer(builder.Build());
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
