using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Orders.Data;
using Shop.Orders.OrderEvents;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Placing;

/// <summary>What the customer gets for an accepted order.</summary>
internal sealed record OrderAccepted(Guid OrderId);

/// <summary>Turns a customer's cart into an order with its message, in one transaction, once per idempotency key.</summary>
internal sealed class OrderPlacing(OrdersDb db, Outbox<OrdersDb> outbox, SessionsClient sessions, CaseSwitch<IOrderEvents> events, TimeProvider time)
{
    private const int RetryAfterSeconds = 5;

    public async Task<Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult, ChallengeHttpResult>> PlaceAsync(
        Customer customer, string idempotencyKey, JsonElement request, CancellationToken cancellationToken)
    {
        // As it was sent: a body that parses may still hold text that cannot be written again.
        var hash = SHA256.HashData(JsonMarshal.GetRawUtf8Value(request));
        // Before anything else: a repeat gets its order back even when the cart is empty by now.
        if (await FindPlacedAsync(customer, idempotencyKey, cancellationToken) is { } placed)
            return Repeat(placed, hash);
        if (await outbox.IsFullAsync(db, cancellationToken))
            throw new UnavailableException("More orders wait than the shop can send on.") { RetryAfterSeconds = RetryAfterSeconds };
        if (await sessions.GetSessionAsync(customer.SessionId, cancellationToken) is not { } session)
            return TypedResults.Challenge();
        if (CartCheck.Run(session.Cart) is { Count: > 0 } errors)
        {
            // A request with the same key may have been accepted since the first look, and its lines have left the cart.
            return await FindPlacedAsync(customer, idempotencyKey, cancellationToken) is { } meanwhile
                ? Repeat(meanwhile, hash)
                : TypedResults.ValidationProblem(errors, title: "The cart cannot be ordered.");
        }
        return await StoreAsync(customer, NewOrder(customer, idempotencyKey, hash, session.Cart), cancellationToken);
    }

    private async Task<Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult, ChallengeHttpResult>> StoreAsync(
        Customer customer, Order order, CancellationToken cancellationToken)
    {
        db.Add(order);
        outbox.Add(db, new OrderPlaced(order.Id, order.CustomerId, order.Total,
            [.. order.Items.Select(item => new OrderLine(item.Sku, item.Name, item.Quantity, item.UnitPrice))], order.PlacedAt, customer.SessionId));
        try
        {
            await outbox.SaveAsync(db, cancellationToken);
            events.Current.Record(order);
            return Accepted(order.Id);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another request with this key was first, or this one's own commit whose confirmation was lost.
            db.ChangeTracker.Clear();
            if (await FindPlacedAsync(customer, order.IdempotencyKey, cancellationToken) is { } placed)
                return Repeat(placed, order.RequestHash);
            throw;
        }
    }

    private Order NewOrder(Customer customer, string idempotencyKey, byte[] hash, IReadOnlyList<CartItem> cart)
    {
        var now = time.GetUtcNow();
        var items = CartCheck.ToItems(cart);
        return new Order
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = customer.CustomerId,
            IdempotencyKey = idempotencyKey,
            RequestHash = hash,
            Total = items.Sum(item => item.Quantity * item.UnitPrice),
            PlacedAt = now,
            Items = items,
        };
    }

    private Task<PlacedOrder?> FindPlacedAsync(Customer customer, string idempotencyKey, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.CustomerId == customer.CustomerId && order.IdempotencyKey == idempotencyKey)
            .Select(order => new PlacedOrder(order.Id, order.RequestHash))
            .FirstOrDefaultAsync(cancellationToken);

    private static Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult, ChallengeHttpResult> Repeat(PlacedOrder placed, byte[] hash)
        => placed.RequestHash.AsSpan().SequenceEqual(hash)
            ? Accepted(placed.OrderId)
            : TypedResults.Problem(title: "The idempotency key belongs to another request.", statusCode: StatusCodes.Status409Conflict);

    private static Accepted<OrderAccepted> Accepted(Guid orderId) => TypedResults.Accepted($"/orders/{orderId}", new OrderAccepted(orderId));

    private sealed record PlacedOrder(Guid OrderId, byte[] RequestHash);
}

/// <summary>Registers the placing of orders.</summary>
internal static class OrderPlacingExtensions
{
    public static void AddOrderPlacing(this IHostApplicationBuilder builder) => builder.Services.AddScoped<OrderPlacing>();
}
