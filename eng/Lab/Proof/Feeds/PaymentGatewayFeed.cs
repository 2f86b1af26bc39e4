using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of a customer whom the service knows, each with one request to the gateway.</summary>
[Feeding("sessions", "gateway")]
internal sealed class PaymentGatewayFeed(ProofTarget target)
    : PaymentFeed(target, [new("SKU-0001", "Indigo Headphones", 1, 9.99m)]);
