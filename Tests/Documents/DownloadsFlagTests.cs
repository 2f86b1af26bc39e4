using System.Net.Http.Json;
using System.Text.Json;
using Shop.Lab.Load;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: all variants send the file, and only Leaky allocates it each time.</summary>
public sealed class DownloadsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Downloads = 4;
    private const int Side = 768;
    private readonly byte[] _image = PngImages.CreateNoise(Side);
    private TestCustomer? _customer;
    private HttpClient? _process;
    private string _route = "";

    public override async ValueTask DisposeAsync()
    {
        _customer?.Dispose();
        _process?.Dispose();
        await base.DisposeAsync();
    }

    private protected override async Task PrepareAsync()
    {
        _process = await Shop.LabAsync(Study.Service);
        _customer = await TestCustomer.LogInAsync(Shop.App, "downloads");
        _route = $"/documents/{await _customer.UploadAsync(_image)}/content";
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        // The first one fills Fixed's pool.
        await DownloadAsync();
        var before = await AllocatedAsync();
        for (var download = 0; download < Downloads; download++)
            await DownloadAsync();

        Assert.Equal(variant == CaseVariant.Leaky, await AllocatedAsync() - before > Downloads * _image.Length);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private async Task DownloadAsync()
    {
        using var response = await _customer!.Documents.GetAsync(_route, Cancellation);

        Assert.Equal("image/png", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(_image.Length, response.Content.Headers.ContentLength);
        Assert.Equal(_image, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private async Task<long> AllocatedAsync()
        => (await _process!.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("allocatedBytes").GetInt64();
}
