using System.Net;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop, observed in the response: Fixed's is chunked, the others' has a Content-Length.</summary>
public sealed class ReportsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private TestCustomer? _customer;
    private string _route = "";
    private string _report = "";

    public override async ValueTask DisposeAsync()
    {
        _customer?.Dispose();
        await base.DisposeAsync();
    }

    private protected override async Task PrepareAsync()
    {
        _customer = await TestCustomer.LogInAsync(Shop.App, "reports");
        _route = $"/documents/{await _customer.UploadAsync()}/report";
        _report = await _customer.Documents.GetStringAsync(_route, Cancellation);
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var response = await _customer!.Documents.GetAsync(_route, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal((HttpStatusCode.OK, "application/jsonl"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(variant == CaseVariant.Fixed ? null : _report.Length, response.Content.Headers.ContentLength);
        Assert.Equal(_report, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);
}
