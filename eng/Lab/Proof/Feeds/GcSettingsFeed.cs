using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of orders with many lines, so that there is something to collect.</summary>
[Feeding("sessions", "gateway", Window = 40)]
internal sealed class GcSettingsFeed(ProofTarget target) : PaymentFeed(target, Lines)
{
    private const int LineCount = 300;
    private static readonly OrderLine[] Lines =
        [.. Enumerable.Range(1, LineCount).Select(line => new OrderLine($"SKU-{line:D4}", $"Product {line:D4}", 1, 9.99m))];
}
