using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LocalAspire.Dashboard;

/// <summary>Serves <see cref="ResourceService"/> on loopback to who knows the key.</summary>
internal sealed class ResourceServer(WebApplication server, CancellationTokenSource stopping) : IAsyncDisposable
{
    private const int Unknown = 2, Unimplemented = 12, Unauthenticated = 16;

    public static async Task<ResourceServer> StartAsync(ResourceService service, int port, string key, CancellationToken cancellation)
    {
        var stopping = new CancellationTokenSource();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // The dashboard's open calls say nothing for hours.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var server = builder.Build();
        server.Run(http => AnswerAsync(http, service, Encoding.UTF8.GetBytes(key), stopping.Token));
        await server.StartAsync(cancellation);
        return new ResourceServer(server, stopping);
    }

    public async ValueTask DisposeAsync()
    {
        // First the open calls, which would hold up the server's stop.
        await stopping.CancelAsync();
        await server.StopAsync(TimeSpan.FromSeconds(2));
        await server.DisposeAsync();
        stopping.Dispose();
    }

    private static async Task AnswerAsync(HttpContext http, ResourceService service, byte[] key, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var call = new GrpcCall(http, either.Token);
        http.Response.ContentType = "application/grpc";
        try
        {
            var given = Encoding.UTF8.GetBytes(http.Request.Headers["x-resource-service-api-key"].ToString());
            var known = CryptographicOperations.FixedTimeEquals(given, key);
            if (known)
                await service.CallAsync(Path.GetFileName(http.Request.Path.Value ?? ""), call);
            call.End(known ? 0 : Unauthenticated);
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

/// <summary>One gRPC call by hand. A message is a zero byte (not compressed), its length in four bytes, big end first, and its protobuf form.</summary>
internal sealed class GrpcCall(HttpContext http, CancellationToken cancellation)
{
    private const int HeaderLength = 5;
    public CancellationToken Cancellation => cancellation;

    public async Task<T?> ReadAsync<T>(MessageParser<T> parser) where T : class, IMessage<T>
    {
        var header = new byte[HeaderLength];
        if (await http.Request.Body.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellation) < HeaderLength)
            return null;
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await http.Request.Body.ReadExactlyAsync(message, cancellation);
        return parser.ParseFrom(message);
    }

    public async Task WriteAsync(IMessage message)
    {
        var frame = new byte[HeaderLength + message.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - HeaderLength));
        message.WriteTo(frame.AsSpan(HeaderLength));
        await http.Response.Body.WriteAsync(frame, cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>Sends the headers, so that the client knows the call is open though there is no message yet.</summary>
    public Task OpenAsync() => http.Response.StartAsync(cancellation);

    public void End(int status, string message = "")
    {
        http.Response.AppendTrailer("grpc-status", $"{status}");
        http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }
}
