using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.AppHost;

/// <summary>A drill by the services' routes: it is on in all of them, hides their cases, and can always be ended.</summary>
[RunningShop]
public sealed class DrillRouteTests(ShopFixture shop) : IAsyncLifetime
{
    private const string Case = "DocumentEvents";
    private static readonly string[] Services = ["sessions", "orders", "payments", "documents"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await EndAsync("payments");

    // The other services learn of the end a moment later, and the next test must not meet the drill.
    public async ValueTask DisposeAsync()
    {
        await EndAsync("payments");
        await VariantsAsync(variants => !variants.Contains(CaseSample.Hidden), "all services to show their cases");
    }

    [Fact]
    public async Task ADrillHidesTheCasesOfAllServicesAndEndsWithItsCaseFixedAndReset()
    {
        Assert.Equal(HttpStatusCode.NoContent, await StartAsync("sessions", Case));
        await VariantsAsync(variants => variants.All(variant => variant == CaseSample.Hidden), "all services to hide their cases");
        Assert.DoesNotContain($"{Case} is now", await shop.App.DescribeAsync(), StringComparison.Ordinal);
        foreach (var service in Services)
        {
            using var lab = await shop.LabAsync(service);
            Assert.DoesNotContain("\"variant\":\"Leaky\"", await lab.GetStringAsync("/lab/cases", Cancellation), StringComparison.Ordinal);
            await Eventually.ReadAsync(
                () => lab.GetStringAsync("/metrics", Cancellation),
                text => !text.Contains("shop_case_variant{", StringComparison.Ordinal)
                    && !text.Contains("shop_case_held{", StringComparison.Ordinal),
                $"no metric of {service} to name a case");
        }

        using var customer = await TestCustomer.LogInAsync(shop.App, "drill");
        await customer.Documents.GetStringAsync("/documents", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, await EndAsync("orders"));
        await VariantsAsync(variants => variants.All(variant => variant == "Fixed"), "all cases to be Fixed");
        using var documents = await shop.LabAsync("documents");
        Assert.Equal(0, await documents.HeldItemsAsync(Case));
    }

    [Fact]
    public async Task WhileADrillIsOnNoCaseIsSwitchedOrResetAndNoOtherDrillStarts()
    {
        await StartAsync("sessions", Case);
        await VariantsAsync(variants => variants.All(variant => variant == CaseSample.Hidden), "all services to hide their cases");
        using var documents = await shop.LabAsync("documents");
        using var switched = await documents.PutAsJsonAsync("/lab/cases/DocumentCache", new { variant = "Leaky" }, Cancellation);
        using var reset = await documents.PostAsync($"/lab/cases/{Case}/reset", null, Cancellation);

        await AssertRefusedAsync(switched);
        await AssertRefusedAsync(reset);
        Assert.Equal(HttpStatusCode.Conflict, await StartAsync("orders", "OrderEvents"));
        await EndAsync("documents");
        await VariantsAsync(variants => variants.All(variant => variant == "Fixed"), "nothing to have been switched");
    }

    [Theory]
    [InlineData]
    [InlineData("One", "Two", "Three")]
    [InlineData("One,Two")]
    [InlineData("")]
    public async Task ADrillNeedsOneOrTwoNamesOfCases(params string[] cases)
        => Assert.Equal(HttpStatusCode.BadRequest, await StartAsync("orders", cases));

    [Fact]
    public async Task EndingNoDrillChangesNothing()
    {
        Assert.Equal(HttpStatusCode.NoContent, await EndAsync("documents"));
        await VariantsAsync(variants => variants.All(variant => variant == "Fixed"), "all cases to be Fixed");
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("A drill is on.", problem.GetProperty("title").GetString());
    }

    private async Task<HttpStatusCode> StartAsync(string service, params string[] cases)
    {
        using var lab = await shop.LabAsync(service);
        using var response = await lab.PutAsJsonAsync("/lab/drill", new { cases }, Cancellation);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> EndAsync(string service)
    {
        using var lab = await shop.LabAsync(service);
        using var response = await lab.DeleteAsync("/lab/drill", Cancellation);
        return response.StatusCode;
    }

    private Task<List<string?>> VariantsAsync(Func<List<string?>, bool> isDone, string description) => Eventually.ReadAsync(async () =>
    {
        var variants = new List<string?>();
        foreach (var service in Services)
        {
            using var lab = await shop.LabAsync(service);
            var cases = await lab.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation);
            variants.AddRange(cases.EnumerateArray().Select(state => state.GetProperty("variant").GetString()));
        }
        return variants;
    }, isDone, description);
}
