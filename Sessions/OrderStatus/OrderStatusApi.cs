using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.SessionStore;
using Shop.Sessions.Store;

namespace Shop.Sessions.OrderStatus;

/// <summary>The socket on which a customer learns what became of the orders.</summary>
internal static class OrderStatusApi
{
    /// <summary>Registers the sockets.</summary>
    public static void AddOrderStatus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderSockets>();
        builder.Services.AddHostedService<SocketSessions>();
        builder.Services.AddOptions<WebSocketOptions>().Configure<IOptions<SessionsOptions>>((sockets, options) =>
        {
            sockets.KeepAliveInterval = options.Value.SocketKeepAliveInterval;
            sockets.KeepAliveTimeout = options.Value.SocketKeepAliveTimeout;
        });
    }

    /// <summary>Registers the consumer that feeds them.</summary>
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus) => bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();

    /// <summary>Maps the socket's route.</summary>
    public static void MapOrderStatus(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/sessions/{id}/orders", Connect).RequireFuse<ISessionStore>().RequireOwnSessionInPath().ExcludeFromDescription();
    }

    private static async Task<IResult> Connect(string id, HttpContext context, CaseSwitch<ISessionStore> sessions, OrderSockets sockets)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.Problem(title: "This route takes WebSockets only.", statusCode: StatusCodes.Status400BadRequest);
        if (await sessions.Current.FindAsync(id, context.RequestAborted) is not { } session)
            return SessionGuard.Unauthorized();
        using var socket = new OrderSocket(session.CustomerId, id);
        switch (sockets.TryAdd(socket))
        {
            case SocketAdmission.Full:
                throw new UnavailableException("No further order-status socket can be held.");
            case SocketAdmission.TooManyOfCustomer:
                return TypedResults.Problem(title: "This customer holds too many order-status sockets.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        try
        {
            using var connection = await context.WebSockets.AcceptWebSocketAsync();
            await socket.RunAsync(connection, context.RequestAborted);
        }
        finally
        {
            sockets.Remove(socket);
        }
        return TypedResults.Empty;
    }
}
