using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shop.Lab;
using Shop.Tests.AppHost;
using Shop.Tests.Monitoring;

namespace Shop.Tests.Page;

/// <summary>Two replicas of each service: a switch and a reset reach both, and the page shows both.</summary>
[RunningShop]
public sealed partial class ReplicaTests(ReplicatedShop shop, Browser browser) : IClassFixture<ReplicatedShop>, IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASwitchAndAResetReachBothReplicas()
    {
        await SendAsync("documents", HttpMethod.Put, "/lab/cases/DocumentEvents", new { variant = "Leaky" });
        await WaitForBothAsync(
            "documents", "DocumentEvents", @case => @case.GetProperty("variant").GetString() == "Leaky", "both replicas to be Leaky");
        await WaitForBothAsync(
            "documents", "DocumentEvents", @case => @case.GetProperty("heldItems").GetInt64() > 0,
            "both replicas to retain requests", () => SendAsync("documents", HttpMethod.Get, "/documents", null));
        await SendAsync("documents", HttpMethod.Post, "/lab/cases/DocumentEvents/reset", null);
        await WaitForBothAsync(
            "documents", "DocumentEvents", @case => @case.GetProperty("heldItems").GetInt64() == 0, "both replicas to be reset");
    }

    [Theory]
    [InlineData("sessions", "ActivityMetrics")]
    [InlineData("orders", "OrderEvents")]
    [InlineData("payments", "CustomerLookup")]
    public async Task ASwitchReachesBothReplicasOfEachService(string service, string caseId)
    {
        foreach (var variant in new[] { "Leaky", "Fixed" })
        {
            await SendAsync(service, HttpMethod.Put, $"/lab/cases/{caseId}", new { variant });
            await WaitForBothAsync(
                service, caseId, @case => @case.GetProperty("variant").GetString() == variant, $"both replicas to be {variant}");
        }
    }

    [Fact]
    public async Task ThePageShowsBothReplicasAndWhileOneIsAwayTheOtherGoesOn()
    {
        var page = await browser.OpenLabAsync(shop.App, "/live/documents");
        await Assertions.Expect(page.Locator("section[aria-label]")).ToHaveCountAsync(ReplicatedShop.Replicas);
        var replicas = await page.Locator("section[aria-label]").EvaluateAllAsync<string[]>("all => all.map(one => one.ariaLabel)");
        var (killed, other) = (Section(replicas[0]), Section(replicas[1]));
        await Assertions.Expect(other.Locator(".rz-chart path").First).ToBeAttachedAsync();
        var processId = await ProcessIdAsync(killed);
        Assert.NotEqual(processId, await ProcessIdAsync(other));

        using (var process = Process.GetProcessById(processId))
            process.Kill();
        await Assertions.Expect(Heading(killed)).ToHaveTextAsync($"{replicas[0]} (away)");
        // Only the other one is there to collect.
        await SendAsync("documents", HttpMethod.Post, "/lab/collect", null);
        await Assertions.Expect(Marks(other)).ToContainTextAsync("garbage collected");
        await Assertions.Expect(Heading(other)).ToHaveTextAsync(replicas[1]);
        await Assertions.Expect(page.GetByText("Away:")).ToBeHiddenAsync();
        await Assertions.Expect(killed.Locator(".rz-chart path").First).ToBeAttachedAsync();

        await shop.App.CommandAsync($"documents-{replicas[0]}", KnownResourceCommands.StartCommand);
        await Assertions.Expect(Marks(killed)).ToContainTextAsync("restarted");
        await Assertions.Expect(Heading(killed)).ToHaveTextAsync(replicas[0]);
        Assert.NotEqual(processId, await ProcessIdAsync(killed));

        ILocator Section(string replica) => page.GetByRole(AriaRole.Region, new() { Name = replica, Exact = true });
        static ILocator Heading(ILocator section) => section.GetByRole(AriaRole.Heading, new() { Level = 2 });
        static ILocator Marks(ILocator section) => section.GetByRole(AriaRole.List, new() { Name = "Marks" });
    }

    /// <summary>Each by its own address: through the proxy, a scrape reads one of both. The instance is the replica's name.</summary>
    [Fact]
    public async Task PrometheusReadsEachReplica()
    {
        var model = shop.App.Services.GetRequiredService<DistributedApplicationModel>();
        Assert.SkipWhen(
            model.Resources.Any(resource => resource is ContainerResource && resource.Name == "prometheus"),
            "A container reaches the replicas through the proxy only.");
        using var prometheus = await PrometheusClient.ConnectAsync(shop.App);
        foreach (var service in ShopAddresses.Names)
        {
            var own = $"target_info{{service=\"{service}\"}} and on (instance, service_instance_id) label_replace("
                + $"target_info{{service=\"{service}\"}}, \"service_instance_id\", \"$1\", \"instance\", \"{service}-(.*)\")";
            await Eventually.ReadAsync(
                () => prometheus.CountAsync(own), count => count == ReplicatedShop.Replicas, $"both replicas of {service} to be read");
        }
        Assert.Equal(0, await prometheus.CountAsync("up{instance=~\"sessions|orders|payments|documents\"}"));
        Assert.Equal(1, await prometheus.CountAsync("up{service=\"gateway\"}"));
    }

    private static async Task<int> ProcessIdAsync(ILocator section)
        => int.Parse(ProcessId().Match(await section.InnerTextAsync()).Value, CultureInfo.InvariantCulture);

    // Each call opens its own connection, which the proxy routes to either replica.
    private async Task<JsonElement> SendAsync(string service, HttpMethod method, string route, object? body)
    {
        using var client = new HttpClient { BaseAddress = shop.App.GetEndpoint(service) };
        using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Lab-Key", await shop.App.LabKeyAsync());
        request.Headers.ConnectionClose = true;
        using var response = await client.SendAsync(request, Cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private async Task WaitForBothAsync(
        string service, string? caseId, Func<JsonElement, bool> condition, string description, Func<Task>? beforeRead = null)
    {
        var instances = new SortedDictionary<string, bool>();
        var (_, succeeded) = await Eventually.TryReadAsync(async () =>
        {
            if (beforeRead is not null)
                await beforeRead();
            var cases = await SendAsync(service, HttpMethod.Get, "/lab/cases", null);
            var @case = cases.EnumerateArray().First(state => caseId is null || state.GetProperty("case").GetString() == caseId);
            instances[@case.GetProperty("instance").GetString()!] = condition(@case);
            return instances;
        }, seen => seen.Count == ReplicatedShop.Replicas && seen.Values.All(isTrue => isTrue), Eventually.Timeout);
        if (!succeeded)
            Assert.Fail($"Timed out waiting for {description}; last: {string.Join(", ", instances)}. {await shop.App.DescribeAsync()}");
    }

    [GeneratedRegex(@"(?<=Process )\d+")]
    private static partial Regex ProcessId();
}
