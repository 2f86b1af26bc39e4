using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of orders with many lines, so that there is something to collect. There is no traffic without the case.</summary>
[Feeding("sessions", "gateway", Window = 40)]
internal sealed class GcSettingsFeed(ProofTarget target) : ICaseFeed
{
    private const int LineCount = 300;
    private const string Customer = "proof";
    private static readonly OrderLine[] Lines =
        [.. Enumerable.Range(1, LineCount).Select(line => new OrderLine($"SKU-{line:D4}", $"Product {line:D4}", 1, 9.99m))];

    private readonly ChargedOrders _orders = new(target, Lines);

    public Task PrepareAsync(CancellationToken cancellationToken) => _orders.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _orders.ChargeAsync(count, () => Customer, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _orders.Dispose();
}
