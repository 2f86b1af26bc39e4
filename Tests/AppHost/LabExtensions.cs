using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>Calls the lab routes of a service through a client of <see cref="ShopFixture.LabAsync"/>.</summary>
internal static class LabExtensions
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task SwitchCaseAsync(this HttpClient lab, string @case, string variant)
        => SendAsync(() => lab.PutAsJsonAsync($"/lab/cases/{@case}", new { variant }, Cancellation));

    public static Task ResetCaseAsync(this HttpClient lab, string @case)
        => SendAsync(() => lab.PostAsync($"/lab/cases/{@case}/reset", null, Cancellation));

    public static async Task<long> HeldItemsAsync(this HttpClient lab, string @case)
        => (await lab.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation)).EnumerateArray()
            .Single(item => item.GetProperty("case").GetString() == @case).GetProperty("heldItems").GetInt64();

    public static async Task<long> HeapAfterCollectionAsync(this HttpClient lab)
    {
        using var response = await lab.PostAsync("/lab/collect", null, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("heapBytesAfter").GetInt64();
    }

    // A service that lost its connection to Redis, on a busy machine too, asks for another try until it has connected again.
    private static async Task SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        using var response = await Eventually.ReadAsync(
            send, response => response.StatusCode != HttpStatusCode.ServiceUnavailable, "the lab to have Redis");
        response.EnsureSuccessStatusCode();
    }
}
