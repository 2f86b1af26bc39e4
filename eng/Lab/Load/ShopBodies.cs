using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Lab.Load;

/// <summary>A product of the catalogue.</summary>
internal sealed record ProductBody(string Sku, string Name);

/// <summary>POST /sessions.</summary>
internal sealed record LogInBody(string CustomerId);

/// <summary>PUT …/cart/items/{sku}.</summary>
internal sealed record QuantityBody(int Quantity);

/// <summary>The answer to POST /sessions.</summary>
internal sealed record LoggedIn(string SessionId);

/// <summary>A session and its cart.</summary>
internal sealed record SessionBody(string CustomerId, IReadOnlyList<CartLine> Cart);

/// <summary>A line of a cart.</summary>
internal sealed record CartLine(string Sku, int Quantity);

/// <summary>The answer to POST /orders.</summary>
internal sealed record PlacedOrder(Guid OrderId);

/// <summary>A message of the order-status socket.</summary>
internal sealed record OrderState(Guid OrderId, string Status);

/// <summary>An order.</summary>
internal sealed record OrderBody(Guid OrderId, string Status, decimal Total);

/// <summary>A document: an invoice or an upload.</summary>
internal sealed record DocumentBody(Guid DocumentId);

/// <summary>A payment of an order.</summary>
internal sealed record PaymentBody(Guid OrderId, string Status);

/// <summary>
/// The JSON that shoppers write and read. A property that is missing or null where a customer needs it is an error:
/// that is the check of the answer's shape.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProductBody[]))]
[JsonSerializable(typeof(LogInBody))]
[JsonSerializable(typeof(QuantityBody))]
[JsonSerializable(typeof(LoggedIn))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(PlacedOrder))]
[JsonSerializable(typeof(OrderState))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(DocumentBody))]
[JsonSerializable(typeof(PaymentBody))]
internal sealed partial class ShopJson : JsonSerializerContext;
