using System.Net;
using System.Net.Sockets;

namespace Shop.Tests.Faults;

/// <summary>Forwards connections to the broker. Resets the first one on which the client declares an exchange, before the answer.</summary>
internal sealed class CuttingProxy : IDisposable
{
    // Class and method of exchange.declare, in the header of its frame.
    private static readonly byte[] ExchangeDeclare = [0, 40, 0, 10];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly int _broker;
    private int _cuts;

    public CuttingProxy(int broker)
    {
        _broker = broker;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were reset: 0 or 1.</summary>
    public int Cuts => Math.Min(1, Volatile.Read(ref _cuts));

    public void Dispose()
    {
        _disposed.Cancel();
        _listener.Dispose();
        _disposed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_disposed.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var broker = new TcpClient())
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, _broker, _disposed.Token);
                await Task.WhenAny(ForwardAsync(client, broker, IsCut), ForwardAsync(broker, client, _ => false));
            }
            catch (SocketException)
            {
                // The broker is away.
            }
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private bool IsCut(ReadOnlySpan<byte> bytes) => bytes.IndexOf(ExchangeDeclare) >= 0 && Interlocked.Increment(ref _cuts) == 1;

    private async Task ForwardAsync(TcpClient from, TcpClient to, IsCutPredicate isCut)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.GetStream().ReadAsync(buffer, _disposed.Token)) > 0 && !isCut(buffer.AsSpan(0, count)))
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _disposed.Token);
    }

    private delegate bool IsCutPredicate(ReadOnlySpan<byte> bytes);
}
