using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of a customer whom the service knows, each with one request to the gateway.</summary>
// Small windows: the more ports are in TIME_WAIT, the more often a connection takes one over instead of leaving one more.
[Feeding("sessions", "gateway", Window = 20)]
internal sealed class PaymentGatewayFeed(ProofTarget target)
    : PaymentFeed(target, [new("SKU-0001", "Indigo Headphones", 1, 9.99m)]);
