using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Monitoring;

/// <summary>The API of the Prometheus of the running Shop.</summary>
internal sealed class PrometheusClient : IDisposable
{
    private const string Resource = "prometheus";
    private readonly HttpClient _http;

    private PrometheusClient(HttpClient http) => _http = http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Waits until it is ready; skips the test where this machine has none and cannot fetch it.</summary>
    public static async Task<PrometheusClient> ConnectAsync(DistributedApplication app)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Eventually.Timeout);
        try
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(Resource, timeout.Token);
        }
        catch (DistributedApplicationException)
        {
            Assert.Skip($"Prometheus does not run here: {await app.DescribeAsync()}");
        }
        return new(app.CreateHttpClient(Resource, "http"));
    }

    /// <summary>The rules, in their groups.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadRulesAsync()
    {
        var data = await GetAsync("/api/v1/rules");
        return [.. data.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];
    }

    /// <summary>The number of series that an expression has now.</summary>
    public async Task<int> CountAsync(string expression)
    {
        var data = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return data.GetProperty("result").GetArrayLength();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GetAsync(string route)
    {
        using var response = await _http.GetAsync(route, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{route}: {answer}");
        return answer.GetProperty("data");
    }
}
