using System.Text.Json.Serialization;
using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>One line of an order.</summary>
internal sealed record OrderLineView(string Sku, string Name, int Quantity, decimal UnitPrice);

/// <summary>An order with its lines.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Total">What it costs, in euros.</param>
/// <param name="PlacedAt">When it was accepted.</param>
/// <param name="CompletedAt">When its status became final.</param>
/// <param name="DeclineReason">Why the payment was declined.</param>
/// <param name="Lines">What was ordered.</param>
internal sealed record OrderView(Guid OrderId, OrderStatus Status, decimal Total, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt,
    string? DeclineReason, IReadOnlyList<OrderLineView> Lines)
{
    /// <summary>What happened to it, oldest first; only where a single order is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OrderEventView>? Events { get; init; }
}

/// <summary>An order in a list.</summary>
internal sealed record OrderListItem(Guid OrderId, OrderStatus Status, decimal Total, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt);

/// <summary>A customer's day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Orders">How many orders were placed.</param>
/// <param name="Total">What they cost together.</param>
/// <param name="Pending">How many are not yet paid.</param>
/// <param name="Settled">How many were paid.</param>
/// <param name="Declined">How many were declined.</param>
/// <param name="SettledTotal">What was paid.</param>
internal sealed record DaySummary(DateOnly Day, int Orders, decimal Total, int Pending, int Settled, int Declined, decimal SettledTotal);
