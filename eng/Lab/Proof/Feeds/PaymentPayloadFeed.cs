using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of large orders.</summary>
[Feeding("sessions", "gateway", Window = 40)]
internal sealed class PaymentPayloadFeed(ProofTarget target) : PaymentFeed(target, Lines)
{
    // A body of some 88 KB, as in the article: above the 85,000 bytes from which on an object is large.
    private const int LineCount = 520;
    private const string Name = "with a name as long as a shop's names are, so that the order fills its body";
    private static readonly OrderLine[] Lines =
        [.. Enumerable.Range(1, LineCount).Select(line => new OrderLine($"SKU-{line:D4}", $"Product {line:D4} {Name}", 1, 9.99m))];
}
