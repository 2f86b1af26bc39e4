using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The audit log of the running Shop: with each variant, a request adds the same line, whatever its client calls itself.</summary>
public sealed class LogFormattingFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const string Route = "/documents?limit=1";

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        var name = $"{variant}-{Guid.NewGuid():N}";
        using var customer = await TestCustomer.LogInAsync(Shop.App, "audit");
        // This client tries again on a busy machine; the session is known afterwards.
        await customer.Documents.GetStringAsync(Route, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, Route);
        // The separators of lines and of paragraphs are valid in a header.
        request.Headers.TryAddWithoutValidation("User-Agent", $"\u2028{name} \u2029[2026-01-01 00:00:00] INFORMATION list: eve GET 200 /x");
        request.Headers.Add("X-Session-Id", customer.SessionId);
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = customer.Documents.BaseAddress };
        using var response = await client.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
        var line = await ReadLineAsync(name);

        Assert.Matches(
            @"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] INFORMATION list: audit GET 200 /documents \uFFFD"
            + name + @" \uFFFD\[2026-01-01 00:00:00\] INFORMATION list: eve GET 200 /x$", line);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private async Task<string> ReadLineAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Eventually.Timeout);
        var resources = Shop.App.Services.GetRequiredService<DistributedApplicationModel>().Resources;
        var logs = Shop.App.Services.GetRequiredService<ResourceLoggerService>()
            .WatchAsync(resources.Single(resource => resource.Name == Study.Service));
        await foreach (var lines in logs.WithCancellation(limit.Token))
        {
            if (lines.FirstOrDefault(line => line.Content.Contains(text, StringComparison.Ordinal)) is { Content: { } found })
                return found;
        }
        throw new InvalidOperationException("The log has ended.");
    }
}
