using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Lab.Cases;

namespace Shop.Tests.AppHost;

[RunningShop]
public sealed class LabRouteTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Routes()
    {
        var routes = new TheoryData<string, string, string>();
        foreach (var service in new[] { "sessions", "orders", "payments", "documents" })
        {
            routes.Add(service, "GET", "/lab/cases");
            routes.Add(service, "PUT", "/lab/cases/DocumentEvents");
            routes.Add(service, "POST", "/lab/cases/DocumentEvents/reset");
            routes.Add(service, "POST", "/lab/collect");
            routes.Add(service, "PUT", "/lab/drill");
            routes.Add(service, "DELETE", "/lab/drill");
            routes.Add(service, "GET", "/lab/forecast");
            routes.Add(service, "GET", "/lab/live");
            routes.Add(service, "GET", "/lab/process");
            routes.Add(service, "GET", "/lab/settings");
        }
        return routes;
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task AMissingOrWrongKeyReturns401(string service, string method, string route)
    {
        using var client = shop.App.CreateHttpClient(service);
        foreach (var key in new[] { null, "", "wrong", new string('a', 32) })
        {
            var status = await StatusAsync(client, method, route, request => request.Headers.TryAddWithoutValidation("X-Lab-Key", key));
            Assert.Equal(HttpStatusCode.Unauthorized, status);
        }
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task AForeignHostOrOriginReturns403EvenWithTheKey(string header, string value)
    {
        using var client = await shop.LabAsync("documents");
        var status = await StatusAsync(client, "GET", "/lab/cases", request => request.Headers.TryAddWithoutValidation(header, value));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "GET", "/lab/cases", _ => { }));
    }

    [Theory]
    [InlineData("/lab/cases/Nonsense", "Leaky", "DocumentEvents")]
    [InlineData("/lab/cases/DocumentEvents", "Nonsense", "Leaky, Published, Fixed")]
    [InlineData("/lab/cases/DocumentEvents", "1", "Leaky, Published, Fixed")]
    [InlineData("/lab/cases/DocumentEvents", null, "Leaky, Published, Fixed")]
    public async Task AnUnknownCaseOrVariantReturns400WithTheValidOnesAndChangesNothing(string route, string? variant, string valid)
    {
        using var client = await shop.LabAsync("documents");
        var before = await client.GetStringAsync("/lab/cases", Cancellation);
        using var response = await client.PutAsJsonAsync(route, new { variant }, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Contains(valid, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await client.GetStringAsync("/lab/cases", Cancellation));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("two")]
    public async Task AnOutOfRangeNumberOfPassesReturns400(string passes)
    {
        using var client = await shop.LabAsync("documents");

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(client, "POST", $"/lab/collect?passes={passes}", _ => { }));
    }

    /// <summary>The proof and the README find a case in the assembly; the service has it only if Program.cs adds it.</summary>
    [Theory]
    [InlineData("sessions")]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("documents")]
    public async Task AServiceHasEveryCaseOfItsAssembly(string service)
    {
        using var client = await shop.LabAsync(service);
        var cases = await client.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation);

        Assert.Equal(
            CaseStudies.All.Where(study => study.Service == service && study.Variants.Count > 0).Select(study => study.Id).Order(),
            cases.EnumerateArray().Select(item => item.GetProperty("case").GetString()).Order());
    }

    private static async Task<HttpStatusCode> StatusAsync(
        HttpClient client, string method, string route, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (method == "PUT")
            request.Content = JsonContent.Create(new { variant = "Leaky" });
        prepare(request);
        using var response = await client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
