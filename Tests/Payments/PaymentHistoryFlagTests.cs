using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>The flag on the running Shop: how many charges are retained, and the share that they are retained for.</summary>
public sealed partial class PaymentHistoryFlagTests(ShopFixture shop) : FlagContract(shop)
{
    /// <summary>Messages of other tests' orders may be charged late.</summary>
    private protected override long Late => 10;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "payment-history");
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync());
        using var payments = Shop.App.CreateHttpClient("payments");
        // The charge is stored, and its message sent, before it is added.
        var metrics = await Eventually.ReadAsync(
            () => payments.GetStringAsync("/metrics", Cancellation), text => Share().IsMatch(text), "the share of declined charges");

        Assert.InRange(double.Parse(Share().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture), 0, 1);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (0, 1) : (1, 1);

    [GeneratedRegex(@"^shop_payments_declined_share(?:\{.*?\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Share();
}
