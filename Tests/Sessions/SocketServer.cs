using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Tests.Sessions;

/// <summary>A Kestrel on a free port that serves WebSocket requests with the code under test, and clients that connect to it.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, ServedRequest, Task> _serve;
    private readonly ConcurrentDictionary<string, ServedRequest> _requests = new();
    private readonly ConcurrentBag<IDisposable> _clients = [];

    private SocketServer(Func<HttpContext, ServedRequest, Task> serve, long? maxConnections)
    {
        _serve = serve;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxConcurrentUpgradedConnections = maxConnections;
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ServeAsync);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => new(_app.Urls.Single());

    /// <summary>Starts a server.</summary>
    /// <param name="serve">Serves a request.</param>
    /// <param name="maxConnections">The number of connections above which Kestrel refuses to accept a WebSocket.</param>
    public static async Task<SocketServer> StartAsync(Func<HttpContext, ServedRequest, Task> serve, long? maxConnections = null)
    {
        var server = new SocketServer(serve, maxConnections);
        await server._app.StartAsync(Cancellation);
        return server;
    }

    /// <summary>Opens a WebSocket.</summary>
    public async Task<(ClientWebSocket Client, ServedRequest Request)> ConnectAsync()
    {
        var (request, path) = NewRequest();
        var client = new ClientWebSocket();
        _clients.Add(client);
        await client.ConnectAsync(new UriBuilder(Address) { Scheme = Uri.UriSchemeWs, Path = path }.Uri, Cancellation);
        return (client, request);
    }

    /// <summary>Opens a WebSocket without a client, so that a test can send it anything and reset its connection.</summary>
    public async Task<(TcpClient Client, ServedRequest Request)> ConnectRawAsync()
    {
        var (request, path) = NewRequest();
        var client = new TcpClient();
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, Address.Port, Cancellation);
        var handshake = $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(handshake), Cancellation);
        using var response = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
        Assert.Equal("HTTP/1.1 101 Switching Protocols", await response.ReadLineAsync(Cancellation));
        while (await response.ReadLineAsync(Cancellation) is { Length: > 0 })
        {
        }
        return (client, request);
    }

    /// <summary>Sends a request whose WebSocket is not accepted.</summary>
    public async Task<ServedRequest> FailToConnectAsync()
    {
        var (request, path) = NewRequest();
        using var client = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(
            () => client.ConnectAsync(new UriBuilder(Address) { Scheme = Uri.UriSchemeWs, Path = path }.Uri, Cancellation));
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.DisposeAsync();
    }

    private (ServedRequest Request, string Path) NewRequest()
    {
        var path = $"/{Guid.NewGuid():N}";
        return (_requests[path] = new ServedRequest(), path);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = _requests[context.Request.Path];
        request.Context.Target = context;
        using var aborted = context.RequestAborted.UnsafeRegister(_ => request.Aborted.TrySetResult(), null);
        try
        {
            await _serve(context, request);
            request.Ended.SetResult();
        }
        catch (Exception exception)
        {
            request.Ended.SetException(exception);
        }
    }
}
