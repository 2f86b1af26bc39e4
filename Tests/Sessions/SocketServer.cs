using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shop.Tests.Sessions;

/// <summary>A Kestrel on a free port that serves WebSocket requests with the code under test, and clients that connect to it.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    /// <summary>The customer who connects unless another one is named.</summary>
    public const string Customer = "ada";

    private readonly WebApplication _app;
    private readonly Func<HttpContext, ServedRequest, Task> _serve;
    private readonly ConcurrentDictionary<string, ServedRequest> _requests = new();
    private readonly ConcurrentBag<IDisposable> _clients = [];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler(), disposeHandler: true);

    private SocketServer(Func<HttpContext, ServedRequest, Task> serve, long? maxConnections, HttpProtocols protocols)
    {
        _serve = serve;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = protocols);
            kestrel.Limits.MaxConcurrentUpgradedConnections = maxConnections;
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ServeAsync);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The address of the WebSockets.</summary>
    public Uri Address => new UriBuilder(_app.Urls.Single()) { Scheme = Uri.UriSchemeWs }.Uri;

    /// <summary>Starts a server.</summary>
    /// <param name="serve">Serves a request.</param>
    /// <param name="maxConnections">The number of connections above which Kestrel refuses to accept a WebSocket.</param>
    /// <param name="protocols">The protocols of the server.</param>
    public static async Task<SocketServer> StartAsync(
        Func<HttpContext, ServedRequest, Task> serve, long? maxConnections = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var server = new SocketServer(serve, maxConnections, protocols);
        await server._app.StartAsync(Cancellation);
        return server;
    }

    /// <summary>The request of a customer who connects from elsewhere, to a path that is the customer's name.</summary>
    public ServedRequest RequestOf(string customer) => RequestAt($"/{customer}");

    /// <summary>Opens a WebSocket.</summary>
    public async Task<(ClientWebSocket Client, ServedRequest Request)> ConnectAsync(string customer = Customer)
    {
        var (request, path) = NewRequest(customer);
        var client = new ClientWebSocket();
        _clients.Add(client);
        await client.ConnectAsync(new Uri(Address, path), Cancellation);
        return (client, request);
    }

    /// <summary>Opens a WebSocket over HTTP/2.</summary>
    public async Task<(ClientWebSocket Client, ServedRequest Request)> ConnectOverHttp2Async()
    {
        var (request, path) = NewRequest(Customer);
        var client = new ClientWebSocket
        {
            Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact },
        };
        _clients.Add(client);
        await client.ConnectAsync(new Uri(Address, path), _http, Cancellation);
        return (client, request);
    }

    /// <summary>Opens a WebSocket without a client, so that a test can send it anything and reset its connection.</summary>
    public async Task<(TcpClient Client, ServedRequest Request)> ConnectRawAsync(string customer = Customer)
    {
        var (request, path) = NewRequest(customer);
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
        var (request, path) = NewRequest(Customer);
        using var client = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(
            () => client.ConnectAsync(new Uri(Address, path), Cancellation));
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private (ServedRequest Request, string Path) NewRequest(string customer)
    {
        var path = $"/{customer}/{Guid.NewGuid():N}";
        return (RequestAt(path), path);
    }

    private ServedRequest RequestAt(string path)
        => _requests.GetOrAdd(path, _ => new ServedRequest { Customer = path.Split('/')[1] });

    private async Task ServeAsync(HttpContext context)
    {
        var request = RequestAt(context.Request.Path);
        request.Context.Target = context;
        using var aborted = context.RequestAborted.UnsafeRegister(_ => request.Aborted.TrySetResult(), null);
        try
        {
            await _serve(context, request);
            request.Socket = null;
            request.Ended.SetResult();
        }
        catch (Exception exception)
        {
            request.Socket = null;
            request.Ended.SetException(exception);
        }
    }
}
