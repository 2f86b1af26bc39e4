using System.Net;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Dashboard;

/// <summary>Serves <see cref="ResourceService"/> on loopback to who knows the key.</summary>
internal sealed partial class ResourceServer : IAsyncDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";
    private const string PathPrefix = "/aspire.v1.DashboardService/";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ResourceService _service;
    private readonly byte[] _key;
    private readonly ILogger _logger;
    private readonly WebApplication _server;

    private ResourceServer(ResourceService service, int port, string key, ILogger logger)
    {
        (_service, _key, _logger) = (service, Encoding.UTF8.GetBytes(key), logger);
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

    public static async Task<ResourceServer> StartAsync(ResourceService service, int port, string key, ILogger logger, CancellationToken cancellationToken)
    {
        var server = new ResourceServer(service, port, key, logger);
        try
        {
            await server._server.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the open calls, which would hold up the server's stop.
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(StopTimeout);
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        var call = new GrpcCall(http, either.Token);
        var path = http.Request.Path.Value ?? "";
        http.Response.ContentType = "application/grpc";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers[KeyHeader].ToString()), _key))
        {
            call.End(GrpcStatus.Unauthenticated);
            return;
        }
        try
        {
            await _service.CallAsync(path.StartsWith(PathPrefix, StringComparison.Ordinal) ? path[PathPrefix.Length..] : path, call).ConfigureAwait(false);
            call.End(GrpcStatus.Ok);
        }
        catch (NotSupportedException unknown)
        {
            call.End(GrpcStatus.Unimplemented, unknown.Message);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidDataException or ArgumentException or EndOfStreamException)
        {
            call.End(GrpcStatus.InvalidArgument, malformed.Message);
        }
        catch (Exception end) when (end is OperationCanceledException || either.IsCancellationRequested)
        {
            // The dashboard left, or the application is stopping.
        }
        catch (Exception failure)
        {
            CallFailed(_logger, path, failure);
            call.End(GrpcStatus.Internal, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The dashboard's call {Path} failed.")]
    private static partial void CallFailed(ILogger logger, string path, Exception exception);
}
