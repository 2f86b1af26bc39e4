using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Orders.Data;
using Shop.Orders.OrderDispatch;
using Shop.Orders.OrderEvents;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Placing;

/// <summary>
/// Stores an order for a customer's cart, with its message, in one transaction, once per idempotency key and once per revision of the cart.
/// </summary>
internal sealed class OrderPlacing(
    OrdersDb db, CaseSwitch<IOrderDispatch> dispatch, CaseSwitch<IOrderEvents> events, TimeProvider time)
{
    public async Task<Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        SessionView cart, string idempotencyKey, JsonElement request, CancellationToken cancellationToken)
    {
        // The raw bytes: a body that can be parsed may contain text that cannot be serialized again.
        var hash = SHA256.HashData(JsonMarshal.GetRawUtf8Value(request));
        while (true)
        {
            var previous = await FindPreviousAsync(cart.CartId, cancellationToken);
            // After the query above: an order that it found, and that has this key, is found here too.
            if (await FindPlacedAsync(cart.CustomerId, idempotencyKey, cancellationToken) is { } placed)
                return Repeat(placed, hash);
            if (previous?.CartRevision >= cart.Revision)
                return AlreadyOrdered(previous.OrderId);
            // The lines of the order before are still in the cart until its message has been consumed.
            var previousRevision = previous?.CartRevision ?? 0;
            var lines = cart.Cart.Where(line => line.Revision > previousRevision).ToList();
            if (CartCheck.Run(lines) is { Count: > 0 } errors)
                return TypedResults.ValidationProblem(errors, title: "The cart cannot be ordered.");
            var order = NewOrder(cart, previousRevision, lines, idempotencyKey, hash);
            if (await TryStoreAsync(order, cancellationToken))
                return Accepted(order.Id);
        }
    }

    /// <summary>
    /// Stores the order; returns false if an order with the same key or from the same cart was committed first. That can also be this
    /// order, if the confirmation of its commit was lost.
    /// </summary>
    private async Task<bool> TryStoreAsync(Order order, CancellationToken cancellationToken)
    {
        db.Add(order);
        var placed = new OrderPlaced(order.Id, order.CustomerId, order.Total,
            [.. order.Items.Select(item => new OrderLine(item.Sku, item.Name, item.Quantity, item.UnitPrice))],
            order.PlacedAt, order.CartId, order.CartRevision);
        try
        {
            await dispatch.Current.SaveAsync(db, placed, cancellationToken);
            events.Current.Record(order);
            return true;
        }
        catch (DbUpdateException exception) when (
            exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private Order NewOrder(SessionView cart, long previousRevision, IReadOnlyList<CartItem> lines, string idempotencyKey, byte[] hash)
    {
        var now = time.GetUtcNow();
        var items = CartCheck.ToItems(lines);
        return new Order
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = cart.CustomerId,
            IdempotencyKey = idempotencyKey,
            RequestHash = hash,
            CartId = cart.CartId,
            CartRevision = cart.Revision,
            PreviousRevision = previousRevision,
            Total = items.Sum(item => item.Quantity * item.UnitPrice),
            PlacedAt = now,
            Items = items,
        };
    }

    private Task<PreviousOrder?> FindPreviousAsync(Guid cartId, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.CartId == cartId).OrderByDescending(order => order.CartRevision)
            .Select(order => new PreviousOrder(order.Id, order.CartRevision))
            .FirstOrDefaultAsync(cancellationToken);

    private Task<PlacedOrder?> FindPlacedAsync(string customerId, string idempotencyKey, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.CustomerId == customerId && order.IdempotencyKey == idempotencyKey)
            .Select(order => new PlacedOrder(order.Id, order.RequestHash))
            .FirstOrDefaultAsync(cancellationToken);

    private static Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult> Repeat(PlacedOrder placed, byte[] hash)
        => placed.RequestHash.AsSpan().SequenceEqual(hash)
            ? Accepted(placed.OrderId)
            : TypedResults.Problem(
                title: "The idempotency key was already used for a different request.", statusCode: StatusCodes.Status409Conflict);

    private static ProblemHttpResult AlreadyOrdered(Guid orderId)
        => TypedResults.Problem(title: "This cart was already ordered.", statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["orderId"] = orderId });

    private static Accepted<OrderAccepted> Accepted(Guid orderId)
        => TypedResults.Accepted($"/orders/{orderId}", new OrderAccepted(orderId));

    private sealed record PlacedOrder(Guid OrderId, byte[] RequestHash);

    private sealed record PreviousOrder(Guid OrderId, long CartRevision);
}
