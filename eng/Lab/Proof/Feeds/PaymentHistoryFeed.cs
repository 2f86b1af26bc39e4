using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of small orders.</summary>
[Feeding("sessions", "gateway", Capacity = 50)]
internal sealed class PaymentHistoryFeed(ProofTarget target) : PaymentFeed(
    target, [new("SKU-0001", "Indigo Headphones", 1, 9.99m), new("SKU-0002", "Indigo Keyboard", 2, 19.95m)]);
