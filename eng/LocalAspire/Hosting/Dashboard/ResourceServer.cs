using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LocalAspire.Dashboard;

/// <summary>Serves <see cref="ResourceService"/> on loopback to who knows the key.</summary>
internal sealed class ResourceServer : IAsyncDisposable
{
    private const string PathPrefix = "/aspire.v1.DashboardService/";
    private const int Unknown = 2, Unimplemented = 12, Unauthenticated = 16;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ResourceService _service;
    private readonly byte[] _key;
    private readonly WebApplication _server;

    private ResourceServer(ResourceService service, int port, string key)
    {
        (_service, _key) = (service, Encoding.UTF8.GetBytes(key));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // The dashboard's open calls say nothing for hours.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public static async Task<ResourceServer> StartAsync(ResourceService service, int port, string key, CancellationToken cancellationToken)
    {
        var server = new ResourceServer(service, port, key);
        await server._server.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // First the open calls, which would hold up the server's stop.
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        var call = new GrpcCall(http, either.Token);
        http.Response.ContentType = "application/grpc";
        var given = Encoding.UTF8.GetBytes(http.Request.Headers["x-resource-service-api-key"].ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, _key))
        {
            call.End(Unauthenticated);
            return;
        }
        try
        {
            await _service.CallAsync((http.Request.Path.Value ?? "").Replace(PathPrefix, "", StringComparison.Ordinal), call);
            call.End(0);
        }
        catch (Exception end) when (end is OperationCanceledException || either.IsCancellationRequested)
        {
            // The dashboard left, or the application is stopping.
        }
        catch (Exception failure)
        {
            // The dashboard writes it into its own log, and shows a command's failure.
            call.End(failure is NotSupportedException ? Unimplemented : Unknown, failure.Message);
        }
    }
}
