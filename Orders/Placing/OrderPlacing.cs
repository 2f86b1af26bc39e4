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

/// <summary>Stores an order for a customer's cart, with its message, in one transaction, once per idempotency key.</summary>
internal sealed class OrderPlacing(
    OrdersDb db, Outbox<OrdersDb> outbox, SessionsClient sessions, CaseSwitch<IOrderEvents> events, TimeProvider time)
{
    private const int RetryAfterSeconds = 5;

    public async Task<Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult, ChallengeHttpResult>> PlaceAsync(
        Customer customer, string idempotencyKey, JsonElement request, CancellationToken cancellationToken)
    {
        // The raw bytes: a body that can be parsed may contain text that cannot be serialized again.
        var hash = SHA256.HashData(JsonMarshal.GetRawUtf8Value(request));
        // First, because the cart may be empty when the request is repeated.
        if (await FindPlacedAsync(customer, idempotencyKey, cancellationToken) is { } placed)
            return Repeat(placed, hash);
        if (await outbox.IsFullAsync(db, cancellationToken))
            throw new UnavailableException("Too many orders are waiting to be processed.") { RetryAfterSeconds = RetryAfterSeconds };
        if (await sessions.GetSessionAsync(customer.SessionId, cancellationToken) is not { } session)
            return TypedResults.Challenge();
        if (CartCheck.Run(session.Cart) is { Count: > 0 } errors)
        {
            // A concurrent request with the same key may have been accepted meanwhile, and its lines removed from the cart.
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
            [.. order.Items.Select(item => new OrderLine(item.Sku, item.Name, item.Quantity, item.UnitPrice))],
            order.PlacedAt, customer.SessionId));
        try
        {
            await outbox.SaveAsync(db, cancellationToken);
            events.Current.Record(order);
            return Accepted(order.Id);
        }
        catch (DbUpdateException exception) when (
            exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another request with this key was committed first, or this one was committed and its confirmation was lost.
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

    private static Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult, ChallengeHttpResult> Repeat(
        PlacedOrder placed, byte[] hash)
        => placed.RequestHash.AsSpan().SequenceEqual(hash)
            ? Accepted(placed.OrderId)
            : TypedResults.Problem(title: "The idempotency key was already used for a different request.", statusCode: StatusCodes.Status409Conflict);

    private static Accepted<OrderAccepted> Accepted(Guid orderId)
        => TypedResults.Accepted($"/orders/{orderId}", new OrderAccepted(orderId));

    private sealed record PlacedOrder(Guid OrderId, byte[] RequestHash);
}
