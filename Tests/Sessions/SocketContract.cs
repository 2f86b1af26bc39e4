using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Sockets;
using Shop.Sessions.Subscriptions;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>What the tests of the cases on the order-status socket have in common: each test has a Kestrel of its own.</summary>
public abstract class SocketContract : RetainedContract
{
    private SocketServer? _server;

    private protected OrderStatusBus Bus => Services.GetRequiredService<OrderStatusBus>();

    private protected OrderSockets Sockets => Services.GetRequiredService<OrderSockets>();

    private protected SocketServer Server => _server!;

    /// <summary>The open sockets.</summary>
    private protected override long Bound => Concurrency;

    private protected override bool IsFilled => false;

    public override async ValueTask InitializeAsync() => _server = await SocketServer.StartAsync(ServeAsync);

    public override async ValueTask DisposeAsync()
    {
        // First: a request that never ends would delay the server's stop.
        await base.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Serves a request as the route does.</summary>
    private protected abstract Task ServeAsync(HttpContext context, ServedRequest request);

    private protected override long ItemsAfterOneOperation(CaseVariant variant) => variant == CaseVariant.Leaky ? 1 : 0;
}
