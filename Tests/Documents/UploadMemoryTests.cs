using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting.Testing;
using Shop.Documents;
using Shop.Tests.AppHost;
using Shop.Tests.Hostile;

namespace Shop.Tests.Documents;

/// <summary>The memory that a burst of large uploads leaves allocated in the service: a bounded pool of buffers.</summary>
[RunningShop]
public sealed class UploadMemoryTests(ShopFixture shop)
{
    private const int Uploads = 32;
    private const int Concurrent = 8;
    private const int MaxBytes = 10 * 1024 * 1024;

    // Kestrel retains the receive buffers of its connections, up to 1 MB each: 9 MB after this burst.
    private const long Margin = 16 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RefusedUploadsRetainNoMoreThanTheBoundOfThePool()
    {
        using var lab = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "upload-memory");
        // The largest body that the route accepts: it is read completely before the image is refused.
        var image = HostilePng.Valid();
        byte[] body = [.. image, .. new byte[MaxBytes - image.Length]];
        var before = await lab.HeapAfterCollectionAsync();
        var burst = new ParallelOptions { MaxDegreeOfParallelism = Concurrent, CancellationToken = Cancellation };
        // On an overloaded machine the first responses may be 503.
        await Parallel.ForAsync(0, Uploads, burst, async (_, _) => await Eventually.ReadAsync(
            () => UploadAsync(customer, body), status => status == HttpStatusCode.UnprocessableEntity, "the image to be refused"));
        var after = await lab.HeapAfterCollectionAsync();

        Assert.Equal(0, await BuffersAsync("used"));
        Assert.InRange(await BuffersAsync("free"), 1, ContentBuffers.MaxFreeBytes);
        Assert.InRange(after - before, long.MinValue, ContentBuffers.MaxFreeBytes + Margin);
    }

    private static async Task<HttpStatusCode> UploadAsync(TestCustomer customer, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var response = await customer.Documents.PostAsync("/documents", content, Cancellation);
        return response.StatusCode;
    }

    private async Task<double> BuffersAsync(string state)
    {
        using var client = shop.App.CreateHttpClient("documents");
        var lines = (await client.GetStringAsync("/metrics", Cancellation)).Split('\n');
        var line = Assert.Single(lines, line => line.StartsWith("shop_content_buffers_bytes{", StringComparison.Ordinal)
            && line.Contains($"state=\"{state}\"", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
