using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentPayload;

/// <summary>A charge with the order that the gateway's fraud check needs. Its size grows with the order's lines.</summary>
internal sealed record ChargeRequest(
    Guid OrderId, decimal Amount, string Currency, string CustomerId, DateTimeOffset PlacedAt, IReadOnlyList<OrderLine> Lines)
{
    private const string Euro = "EUR";

    public static ChargeRequest Of(OrderPlaced order)
        => new(order.OrderId, order.Total, Euro, order.CustomerId, order.PlacedAt, order.Lines);
}

/// <summary>
/// Serializes charges without reflection. Metadata mode only: the generated serialization-optimized code would buffer the whole body before
/// any of it is sent.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChargeRequest))]
internal sealed partial class ChargeJson : JsonSerializerContext;
