using MassTransit;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.OrderStatus;

/// <summary>The WebSocket route that sends a customer the final statuses of the orders.</summary>
internal static class OrderStatusApi
{
    // A browser closes the connection unless the server accepts one of the subprotocols that it offered. The one with the session id must
    // not be repeated in the response, so browsers also offer this one.
    private const string SubProtocol = "shop.order-status";

    /// <summary>Registers the sockets.</summary>
    public static void AddOrderStatus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderSockets>();
        builder.Services.AddHostedService<SocketSessionCheck>();
        builder.Services.AddOptions<WebSocketOptions>().Configure<IOptions<SessionsOptions>>((sockets, options) =>
        {
            sockets.KeepAliveInterval = options.Value.SocketKeepAliveInterval;
            sockets.KeepAliveTimeout = options.Value.SocketKeepAliveTimeout;
        });
    }

    /// <summary>Registers the consumer that sends the statuses to the sockets.</summary>
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus)
        => bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();

    /// <summary>Maps the socket's route.</summary>
    public static void MapOrderStatus(this IEndpointRouteBuilder routes)
        => routes.MapGroup("/session").RequireCustomer()
            .MapGet("/orders", Connect).Feeds<SessionStoreCase>().ExcludeFromDescription();

    private static async Task<IResult> Connect(HttpContext context, Customer customer, OrderSockets sockets)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.Problem(title: "This route accepts only WebSocket requests.", statusCode: StatusCodes.Status400BadRequest);
        using var socket = new OrderSocket(customer.CustomerId, customer.SessionId);
        switch (sockets.TryAdd(socket))
        {
            case SocketAdmission.Full:
                throw new UnavailableException("The maximum number of order-status sockets is open.");
            case SocketAdmission.TooManyOfCustomer:
                return TypedResults.Problem(
                    title: "This customer has too many open order-status sockets.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        try
        {
            using var connection = await context.WebSockets.AcceptWebSocketAsync(
                context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null);
            await socket.RunAsync(connection, context.RequestAborted);
        }
        finally
        {
            sockets.Remove(socket);
        }
        return TypedResults.Empty;
    }
}
