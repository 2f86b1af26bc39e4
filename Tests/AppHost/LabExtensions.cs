using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>Calls the lab routes of a service through a client of <see cref="ShopFixture.LabAsync"/>.</summary>
internal static class LabExtensions
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task SwitchCaseAsync(this HttpClient lab, string @case, string variant)
    {
        using var response = await lab.PutAsJsonAsync($"/lab/cases/{@case}", new { variant }, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    public static async Task ResetCaseAsync(this HttpClient lab, string @case)
    {
        using var response = await lab.PostAsync($"/lab/cases/{@case}/reset", null, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<long> HeldItemsAsync(this HttpClient lab, string @case)
        => (await lab.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation)).EnumerateArray()
            .Single(item => item.GetProperty("case").GetString() == @case).GetProperty("heldItems").GetInt64();

    public static async Task<long> HeapAfterCollectionAsync(this HttpClient lab)
    {
        using var response = await lab.PostAsync("/lab/collect", null, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("heapBytesAfter").GetInt64();
    }
}
