using MassTransit;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.SessionStore;

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
    public static void MapOrderStatus(this IEndpointRouteBuilder routes)
        => routes.MapGroup("/sessions/{id}").RequireOwnSession().MapGet("/orders", Connect).RequireFuse<ISessionStore>().ExcludeFromDescription();

    private static async Task<IResult> Connect(HttpContext context, Customer customer, OrderSockets sockets)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.Problem(title: "This route takes WebSockets only.", statusCode: StatusCodes.Status400BadRequest);
        using var socket = new OrderSocket(customer.CustomerId, customer.SessionId);
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
