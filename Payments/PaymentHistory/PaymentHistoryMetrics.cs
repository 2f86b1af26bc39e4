using System.Diagnostics.Metrics;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentHistory;

/// <summary>Publishes the share of the latest charges that were declined. A hosted service only to be created with the host.</summary>
internal sealed class PaymentHistoryMetrics : IHostedService
{
    private readonly Meter _meter;

    public PaymentHistoryMetrics(IMeterFactory meters, CaseSwitch<IPaymentHistory> history)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Payments");
        _meter.CreateObservableGauge(
            "shop.payments.declined.share", () => Observe(history.Current), "1",
            $"Share of the latest {PaymentHistoryCase.Latest} charges of this instance that were declined");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<double>> Observe(IPaymentHistory history)
        => history.DeclinedShare is { } share ? [new Measurement<double>(share)] : [];
}
