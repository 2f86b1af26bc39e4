using MassTransit;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Connections;
using Shop.Sessions.SessionStore;
using Shop.Sessions.Sockets;
using Shop.Sessions.Subscriptions;

namespace Shop.Sessions.OrderStatus;

/// <summary>The WebSocket route that sends a customer the final statuses of the orders.</summary>
internal static class OrderStatusApi
{
    /// <summary>Registers the sockets.</summary>
    public static void AddOrderStatus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderSockets>();
        builder.Services.AddHostedService<SocketSessionCheck>();
    }

    /// <summary>Registers the consumer that sends the statuses to the sockets.</summary>
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus)
        => bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();

    /// <summary>
    /// Maps the socket's route, for HTTP/1.1: over HTTP/2 a socket is opened with CONNECT. It is exempt from the admission, because a
    /// socket lasts as long as its customer stays; <see cref="SessionsOptions.MaxSockets"/> bounds them.
    /// </summary>
    public static void MapOrderStatus(this IEndpointRouteBuilder routes)
        => routes.MapGroup("/session").RequireCustomer()
            .MapGet("/orders", Connect)
            .Feeds<SessionStoreCase>().Feeds<SubscriptionsCase>().Feeds<ConnectionsCase>().ExcludeFromDescription()
            .DisableRateLimiting();

    private static async Task<IResult> Connect(
        HttpContext context, Customer customer, OrderSockets sockets, CaseSwitch<ISubscriptions> subscriptions)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.Problem(title: "This route accepts only WebSocket requests.", statusCode: StatusCodes.Status400BadRequest);
        using var socket = sockets.Create(customer);
        switch (await sockets.RegisterAsync(socket))
        {
            case SocketAdmission.Full:
                throw new UnavailableException("The maximum number of order-status sockets is open.");
            case SocketAdmission.TooManyOfCustomer:
                return TypedResults.Problem(
                    title: "This customer has too many open order-status sockets.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        await subscriptions.Current.ServeAsync(context, socket);
        return TypedResults.Empty;
    }
}
