using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>Two replicas of a service: a switch and a reset reach both, and the page shows both.</summary>
[RunningShop]
public sealed partial class ReplicaTests(ReplicatedShop shop, Browser browser) : IClassFixture<ReplicatedShop>, IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASwitchAndAResetReachBothReplicas()
    {
        await SendAsync(HttpMethod.Put, "/lab/cases/DocumentEvents", new { variant = "Leaky" });
        await WaitForBothAsync(@case => @case.GetProperty("variant").GetString() == "Leaky", "both replicas to be Leaky");
        await WaitForBothAsync(
            @case => @case.GetProperty("heldItems").GetInt64() > 0,
            "both replicas to retain requests", () => SendAsync(HttpMethod.Get, "/documents", null));
        await SendAsync(HttpMethod.Post, "/lab/cases/DocumentEvents/reset", null);
        await WaitForBothAsync(@case => @case.GetProperty("heldItems").GetInt64() == 0, "both replicas to be reset");
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
        await SendAsync(HttpMethod.Post, "/lab/collect", null);
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

    private static async Task<int> ProcessIdAsync(ILocator section)
        => int.Parse(ProcessId().Match(await section.InnerTextAsync()).Value, CultureInfo.InvariantCulture);

    // Each call opens its own connection, which the proxy routes to either replica.
    private async Task<JsonElement> SendAsync(HttpMethod method, string route, object? body)
    {
        using var client = new HttpClient { BaseAddress = shop.App.GetEndpoint("documents") };
        using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Lab-Key", await shop.App.LabKeyAsync());
        request.Headers.ConnectionClose = true;
        using var response = await client.SendAsync(request, Cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private async Task WaitForBothAsync(Func<JsonElement, bool> condition, string description, Func<Task>? beforeRead = null)
    {
        var instances = new Dictionary<string, bool>();
        await Eventually.ReadAsync(async () =>
        {
            if (beforeRead is not null)
                await beforeRead();
            var @case = (await SendAsync(HttpMethod.Get, "/lab/cases", null))[0];
            instances[@case.GetProperty("instance").GetString()!] = condition(@case);
            return instances;
        }, seen => seen.Count == ReplicatedShop.Replicas && seen.Values.All(isTrue => isTrue), description);
    }

    [GeneratedRegex(@"(?<=Process )\d+")]
    private static partial Regex ProcessId();
}
