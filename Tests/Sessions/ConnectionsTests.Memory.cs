using System.Globalization;
using System.Runtime.CompilerServices;

namespace Shop.Tests.Sessions;

/// <content>The memory of open sockets.</content>
public sealed partial class ConnectionsTests
{
    /// <summary>The default limit of an instance, in a process of its own, with the clients.</summary>
    [Fact]
    public async Task TwoThousandOpenSocketsNeedAtMost32KilobytesEach()
    {
        const int sockets = 2_000;
        const int maxBytes = 32 * 1024;
        if (!TestProcess.IsHere)
        {
            await TestProcess.RunAsync(GetType());
            return;
        }
        Assert.Equal(sockets, _options.MaxSockets);
        // Answering pings is not what is measured.
        _options.SocketKeepAliveInterval = TimeSpan.FromMinutes(10);
        var (first, request) = await Server.ConnectRawAsync();
        first.Dispose();
        await EndOf(request);
        var before = LiveBytes();
        for (var customer = 0; customer < sockets; customer++)
            await Server.ConnectRawAsync(string.Create(CultureInfo.InvariantCulture, $"customer-{customer}"));
        await Eventually.ReadAsync(() => Task.FromResult(Sockets.Open), open => open == sockets, "all sockets to be open");
        var bytes = (LiveBytes() - before) / sockets;

        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} live bytes for each of {sockets} sockets and their clients");
        Assert.InRange(bytes, 1, maxBytes);
    }

    /// <summary>It is closed instead, as the messages that it does not read would need 64 MB.</summary>
    [Fact]
    public async Task APeerThatDoesNotReadHoldsAtMostTheMessagesOfItsQueue()
    {
        const int queued = 64;
        _options.SocketKeepAliveInterval = TimeSpan.FromMinutes(10);
        var (_, request) = await Server.ConnectRawAsync();
        var messages = Enumerable.Range(0, 1_000).Select(_ => Publish()).ToList();
        Memory.Collect();

        // One more is being sent.
        Assert.InRange(messages.Count(message => message.IsAlive), 0, queued + 1);
        await EndOf(request);
        Memory.Collect();
        Assert.DoesNotContain(messages, message => message.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Publish()
    {
        var message = new byte[64 * 1024];
        Bus.Publish(SocketServer.Customer, message);
        return new WeakReference(message);
    }

    private static long LiveBytes()
    {
        Memory.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
