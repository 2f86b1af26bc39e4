using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Gateway;
using Shop.Payments.PaymentPayload;

namespace Shop.Tests.Payments;

/// <summary>The gateway's stand-in decides valid charges and rejects invalid ones, as a real gateway does.</summary>
public sealed class GatewayChargeTests : IAsyncLifetime
{
    private static readonly string Reference = Customer.Of("ada").Reference;
    private GatewayServer? _gateway;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await GatewayServer.StartAsync();

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task AValidChargeIsDecided() => Assert.Equal(HttpStatusCode.OK, (await ChargeAsync(_ => { })).Status);

    [Theory]
    [InlineData("amount", "0")]
    [InlineData("amount", "12.34", "lines")]
    [InlineData("currency", "\"USD\"")]
    [InlineData("customerId", "\"\"")]
    [InlineData("placedAt", "\"0001-01-01T00:00:00+00:00\"")]
    [InlineData("lines", "[]")]
    [InlineData("lines", "[null]")]
    [InlineData("lines", "null")]
    public async Task AnInvalidFieldIs400(string field, string value, string? error = null)
        => AssertInvalid(error ?? field, await ChargeAsync(charge => charge[field] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("sku", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("quantity", "0")]
    [InlineData("unitPrice", "-1")]
    [InlineData("amount", "0.01")]
    public async Task AnInvalidLineIs400(string field, string value)
        => AssertInvalid("lines", await ChargeAsync(charge => charge["lines"]![1]![field] = JsonNode.Parse(value)));

    [Theory]
    [InlineData(null)]
    [InlineData("cus_of_another")]
    public async Task AChargeWithoutTheCustomersReferenceIs400(string? reference)
        => AssertInvalid("Customer-Reference", await ChargeAsync(_ => { }, reference));

    [Theory]
    [InlineData(128, HttpStatusCode.OK)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task ACustomerIsFoundByAnIdOfAtMost128Characters(int length, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = _gateway!.Address };
        using var response = await client.GetAsync($"/customers/{new string('a', length)}", Cancellation);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task ABodyOverTheLimitIs413EvenInChunks()
    {
        using var client = new HttpClient { BaseAddress = _gateway!.Address };
        using var body = new FixedPaymentPayload().Create(ChargeOrders.WithLines(11_500));
        using var response = await SendAsync(client, body, "key", Reference);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static void AssertInvalid(string field, (HttpStatusCode Status, string Body) answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(JsonNode.Parse(answer.Body)!["errors"]!.AsObject().ContainsKey(field), answer.Body);
    }

    private Task<(HttpStatusCode Status, string Body)> ChargeAsync(Action<JsonNode> change) => ChargeAsync(change, Reference);

    private async Task<(HttpStatusCode Status, string Body)> ChargeAsync(Action<JsonNode> change, string? reference)
    {
        var charge = JsonSerializer.SerializeToNode(ChargeOrders.WithLines(3), JsonSerializerOptions.Web)!;
        change(charge);
        using var client = new HttpClient { BaseAddress = _gateway!.Address };
        using var body = JsonContent.Create(charge);
        using var response = await SendAsync(client, body, charge["orderId"]!.GetValue<string>(), reference);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpContent body, string key, string? reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = body };
        request.Headers.Add("Idempotency-Key", key);
        if (reference is not null)
            request.Headers.Add("Customer-Reference", reference);
        return await client.SendAsync(request, Cancellation);
    }
}
