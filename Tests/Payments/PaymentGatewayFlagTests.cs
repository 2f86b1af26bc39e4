using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>The flag on the running Shop: how many connections a charge closes, and the gauge of the sockets that they leave.</summary>
public sealed partial class PaymentGatewayFlagTests(ShopFixture shop) : FlagContract(shop)
{
    // The charge of a new customer asks the gateway for the customer first.
    private const int Requests = 2;

    /// <summary>Orders of other tests may be charged late.</summary>
    private protected override long Late => 10;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, $"gateway-{Guid.NewGuid():N}");
        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));
        using var payments = Shop.App.CreateHttpClient("payments");
        await Eventually.ReadAsync(
            async () => Sockets().Match(await payments.GetStringAsync("/metrics", Cancellation)),
            match => match.Success && (variant == CaseVariant.Fixed || Count(match) >= Requests), "the gauge of the sockets in TIME_WAIT");
    }

    // A minute later the closed connections are no longer counted.
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (-Requests - Late, 0) : (Requests, Requests);

    private static double Count(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^shop_gateway_sockets_time_wait\{[^}]*server_address=[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex Sockets();
}
