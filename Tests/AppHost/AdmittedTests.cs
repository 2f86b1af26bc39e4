using Aspire.Hosting.Testing;

namespace Shop.Tests.AppHost;

/// <summary>Each service of the running Shop admits its requests.</summary>
[RunningShop]
public sealed class AdmittedTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sessions")]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("documents")]
    public async Task AServiceCountsTheRequestsThatItAdmits(string service)
    {
        using var client = shop.App.CreateHttpClient(service);
        using var response = await client.GetAsync("/nowhere", Cancellation);

        var metrics = await client.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("aspnetcore_rate_limiting_request_lease_duration", metrics, StringComparison.Ordinal);
    }
}
