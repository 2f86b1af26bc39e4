using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Shop.Tests.AppHost;

/// <summary>A switch and a reset of a case reach every replica of a service.</summary>
[RunningShop]
public sealed class ReplicaTests
{
    private const int Replicas = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASwitchAndAResetReachBothReplicas()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Cancellation);
        builder.Project("documents").WithReplicas(Replicas);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await app.WaitForHealthyAsync("documents");
        var key = await app.LabKeyAsync();

        await SendAsync(HttpMethod.Put, "/lab/cases/DocumentEvents", new { variant = "Leaky" });
        await WaitForBothAsync(@case => @case.GetProperty("variant").GetString() == "Leaky", "both replicas to be Leaky");
        await WaitForBothAsync(
            @case => @case.GetProperty("heldItems").GetInt64() > 0,
            "both replicas to retain requests", () => SendAsync(HttpMethod.Get, "/documents", null));
        await SendAsync(HttpMethod.Post, "/lab/cases/DocumentEvents/reset", null);
        await WaitForBothAsync(@case => @case.GetProperty("heldItems").GetInt64() == 0, "both replicas to be reset");

        // Each call opens its own connection, which the proxy routes to either replica.
        async Task<JsonElement> SendAsync(HttpMethod method, string route, object? body)
        {
            using var client = new HttpClient { BaseAddress = app.GetEndpoint("documents") };
            using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Add("X-Lab-Key", key);
            request.Headers.ConnectionClose = true;
            using var response = await client.SendAsync(request, Cancellation);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        }

        async Task WaitForBothAsync(Func<JsonElement, bool> condition, string description, Func<Task>? beforeRead = null)
        {
            var instances = new Dictionary<string, bool>();
            await Eventually.ReadAsync(async () =>
            {
                if (beforeRead is not null)
                    await beforeRead();
                var @case = (await SendAsync(HttpMethod.Get, "/lab/cases", null))[0];
                instances[@case.GetProperty("instance").GetString()!] = condition(@case);
                return instances;
            }, seen => seen.Count == Replicas && seen.Values.All(isTrue => isTrue), description);
        }
    }
}
