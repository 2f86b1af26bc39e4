using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Connections;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <content>The defects of Published.</content>
public sealed partial class ConnectionsTests
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);

    /// <summary>The customer reconnects, and then the server notices the end of the old connection.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task TheEndOfAnOldConnectionLeavesTheNewOneRegistered(CaseVariant variant, bool isRegistered)
    {
        Switch.Select(variant);
        var (old, oldRequest) = await Server.ConnectAsync();
        // Published closes both.
        var oldClosed = ReadToCloseAsync(old);
        var (client, _) = await Server.ConnectAsync();
        var closed = ReadToCloseAsync(client);
        old.Abort();
        await EndOf(oldRequest);

        Assert.Equal(isRegistered ? 1 : 0, Current.Sockets.Count);
        if (!isRegistered)
            await closed;
        Assert.Equal(isRegistered, !closed.IsCompleted && client.State == WebSocketState.Open);
        await oldClosed.ContinueWith(_ => { }, Cancellation);
    }

    /// <summary>The peer's system acknowledges what is sent, but the peer does not read it. Published pings for ten minutes.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task APeerThatAnswersNoPingIsRemoved(CaseVariant variant, bool isRemoved)
    {
        const int pings = 20;
        Switch.Select(variant);
        var (client, request) = await Server.ConnectRawAsync();
        if (isRemoved)
        {
            await EndOf(request);
        }
        else
        {
            // A frame is a header of two bytes and a text of two.
            var frame = new byte[4];
            for (var ping = 0; ping < pings; ping++)
            {
                await AdvanceUntilAsync(() => client.Available > 0);
                await client.GetStream().ReadExactlyAsync(frame, Cancellation);
                Assert.Equal("{}"u8, frame.AsSpan(2));
            }
        }

        Assert.Equal(isRemoved ? 0 : 1, Switch.HeldItems);
    }

    /// <summary>The customer reconnects, and the peer of the old connection does not answer its close frame.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ALostPeerDoesNotKeepOtherCustomersFromConnecting(CaseVariant variant, bool connects)
    {
        Switch.Select(variant);
        await Server.ConnectRawAsync("ada");
        // The client has the answer a moment before the server has the connection, which Published is to close.
        await Eventually.ReadAsync(
            () => Task.FromResult(Current.Sockets.Single().Connection), connection => connection is not null, "the connection");
        using var replacing = new OrderSocket("ada", SessionOf("ada"), Current);
        using var another = new OrderSocket("bob", SessionOf("bob"), Current);
        var replaced = Current.RegisterAsync(replacing).AsTask();
        var registered = Current.RegisterAsync(another).AsTask();

        Assert.Equal(connects, registered.IsCompleted);
        await AdvanceUntilAsync(() => replaced.IsCompleted && registered.IsCompleted);
    }

    /// <summary>Published answers only with its next ping.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, WebSocketMessageType.Text)]
    [InlineData(CaseVariant.Fixed, WebSocketMessageType.Close)]
    public async Task APeerThatClosesTheConnectionIsAnsweredAndRemoved(CaseVariant variant, WebSocketMessageType answer)
    {
        Switch.Select(variant);
        var (client, request) = await Server.ConnectAsync();
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        var received = client.ReceiveAsync(new byte[256], Cancellation);
        if (variant == CaseVariant.Published)
            await AdvanceUntilAsync(() => received.IsCompleted);
        else
            await EndOf(request);

        Assert.Equal(answer, (await received).MessageType);
        Assert.Equal(answer == WebSocketMessageType.Close ? 0 : 1, Switch.HeldItems);
    }

    /// <summary>Lets the time of Published pass until something has happened.</summary>
    private async Task AdvanceUntilAsync(Func<bool> hasHappened)
        => await Eventually.ReadAsync(() =>
        {
            _time.Advance(PingInterval);
            return Task.FromResult(hasHappened());
        }, happened => happened, "what the passing of time causes");
}
