using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentPayload;

/// <summary>A charge with what the gateway's fraud check wants to know of the order. It grows with the order's lines.</summary>
internal sealed record ChargeRequest(Guid OrderId, decimal Amount, string Currency, string CustomerId, DateTimeOffset PlacedAt, IReadOnlyList<OrderLine> Lines)
{
    private const string Euro = "EUR";

    public static ChargeRequest Of(OrderPlaced order) => new(order.OrderId, order.Total, Euro, order.CustomerId, order.PlacedAt, order.Lines);
}

/// <summary>Writes charges without reflection. Metadata only: the other generated code would write a whole body into its buffer before any of it is sent.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChargeRequest))]
internal sealed partial class ChargeJson : JsonSerializerContext;
