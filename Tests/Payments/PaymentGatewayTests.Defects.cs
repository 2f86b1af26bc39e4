using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Shop.Payments.PaymentGateway;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <content>The defects of Published.</content>
public sealed partial class PaymentGatewayTests
{
    private const int Callers = 120;
    private const int Pool = 50;

    // In place of two minutes, which the test would last.
    private static readonly TimeSpan ShortLifetime = TimeSpan.FromMilliseconds(100);

    // Where connections are opened, whatever the configured address; null unless a test changes it.
    private Uri? _location;

    /// <summary>A connection in use stays where it was opened.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AChangedAddressIsUsedAfterTheLifetimeOfAConnection(CaseVariant variant, bool isUsed)
    {
        await using var next = await CountedServer.StartAsync();
        _location = Server.Address;
        var (tested, @fixed) = (Get(variant), Get(CaseVariant.Fixed));
        await SendAsync(tested);
        await SendAsync(@fixed);
        _location = next.Address;
        // The requests keep the connections in use while the lifetime of Fixed's passes.
        await Eventually.ReadAsync(async () =>
        {
            await SendAsync(tested);
            await SendAsync(@fixed);
            return next.Requests;
        }, requests => requests > 0, "Fixed to use the changed address");
        var requests = next.Requests;
        await SendAsync(tested);

        Assert.Equal(isUsed, next.Requests > requests);
    }

    /// <summary>Only the concurrency of the requests limits the number of connections.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, Callers)]
    [InlineData(CaseVariant.Fixed, Pool)]
    public async Task ConcurrentChargesShareALimitedNumberOfConnections(CaseVariant variant, int connections)
    {
        var gateway = Get(variant);
        Server.HoldAnswers();
        var charges = Enumerable.Range(0, Callers).Select(_ => SendAsync(gateway)).ToArray();
        await Eventually.ReadAsync(() => Task.FromResult(Server.Waiting), waiting => waiting == connections, $"{connections} requests");
        Server.SendAnswers();
        await Task.WhenAll(charges);

        Assert.Equal(Callers, Server.Requests);
        Assert.Equal(connections, Server.Connections);
    }

    private IPaymentGateway Get(CaseVariant variant) => Services.GetRequiredKeyedService<IPaymentGateway>(variant);

    private void AddPublished(IServiceCollection services)
    {
        services.AddKeyedSingleton<IPaymentGateway>(
            CaseVariant.Published, (_, _) => new PublishedPaymentGateway(Server.Address, ConnectAsync));
        if (_location is null)
            return;
        services.AddHttpClient(FixedPaymentGateway.Client).UseSocketsHttpHandler((pool, _) =>
        {
            pool.ConnectCallback = ConnectAsync;
            pool.PooledConnectionLifetime = ShortLifetime;
        });
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var location = _location ?? Server.Address;
#pragma warning disable CA2000 // The stream owns the socket.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(location.Host, location.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
