using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shop.Tests.Telemetry;

/// <summary>An OTLP collector that answers each export, over gRPC or HTTP, after a delay.</summary>
internal sealed class SlowCollector : IAsyncDisposable
{
    private static readonly byte[] EmptyGrpcMessage = new byte[5];
    private readonly WebApplication _app;
    private readonly TimeSpan _delay;
    private int _received;
    private int _answered;
    private int _cancelled;

    private SlowCollector(WebApplication app, TimeSpan delay)
    {
        (_app, _delay) = (app, delay);
        app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>Exports that arrived, were answered, and were cancelled by the service.</summary>
    public (int Received, int Answered, int Cancelled) Exports
        => (Volatile.Read(ref _received), Volatile.Read(ref _answered), Volatile.Read(ref _cancelled));

    public static async Task<SlowCollector> StartAsync(string protocol, TimeSpan delay)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        // Without TLS, a client and a server cannot negotiate HTTP/2, which gRPC needs.
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new SlowCollector(builder.Build(), delay);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _received);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await Task.Delay(_delay, context.RequestAborted);
            if (context.Request.ContentType == "application/grpc")
            {
                context.Response.ContentType = "application/grpc";
                context.Response.AppendTrailer("grpc-status", "0");
                await context.Response.Body.WriteAsync(EmptyGrpcMessage, context.RequestAborted);
            }
            Interlocked.Increment(ref _answered);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }
}
