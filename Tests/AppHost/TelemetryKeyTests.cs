using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Shop.Tests.AppHost;

/// <summary>Two AppHosts that start at the same time on a new machine: the second overwrites the user secrets of the first.</summary>
public sealed class TelemetryKeyTests
{
    private const string Key = "AppHost:OtlpApiKey";

    [Fact]
    public async Task TheKeyOfTheDashboardDoesNotChangeWhenTheUserSecretsAreReloaded()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            TestContext.Current.CancellationToken);
        var key = builder.Configuration[Key];
        Assert.NotNull(key);

        foreach (var secrets in ((IConfigurationRoot)builder.Configuration).Providers.OfType<FileConfigurationProvider>())
            secrets.Set(Key, "the other AppHost's");

        Assert.Equal(key, builder.Configuration[Key]);
    }
}
