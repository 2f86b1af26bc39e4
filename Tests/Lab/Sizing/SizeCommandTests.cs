using System.Net;
using Aspire.Hosting.Testing;
using Shop.Lab;
using Shop.Tests.AppHost;
using Shop.Tests.Hostile;

namespace Shop.Tests.Lab.Sizing;

/// <summary>The command on the running Shop.</summary>
[RunningShop]
public sealed class SizeCommandTests(ShopFixture shop)
{
    private const int Documents = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRequestsOfACacheAreRecordedAndItsSizeIsRecommended()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "size");
        var documents = new List<Guid>();
        for (var number = 0; number < Documents; number++)
            documents.Add(await customer.UploadAsync());
        await using var size = LabProcess.Start(
            ["size", "DocumentCache", "--duration", "00:00:05", "--documents", $"{shop.App.GetEndpoint("documents")}"],
            ("Lab__Key", await shop.App.LabKeyAsync()));
        Assert.StartsWith("Recording", await size.ReadLineAsync(), StringComparison.Ordinal);
        var end = size.EndAsync();
        while (!end.IsCompleted)
        {
            foreach (var document in documents)
                await customer.Documents.GetByteArrayAsync($"/documents/{document}", Cancellation);
        }
        var (exitCode, output, error) = await end;

        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        // The cache of this Shop has room for four.
        Assert.Matches($"DocumentCache: [0-9,]+ requests of {Documents} keys", output);
        Assert.Contains($"levels at {Documents} entries", output, StringComparison.Ordinal);
        Assert.Contains($"the cache has room for {ShopFixture.DocumentCacheCapacity}.", output, StringComparison.Ordinal);
        Assert.Contains($"Recommended: {Documents} entries", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/lab/caches/nothing/trace", HttpStatusCode.BadRequest, "documents")]
    [InlineData("PUT", "/lab/caches/documents/trace?requests=0", HttpStatusCode.BadRequest, "from 1 to")]
    [InlineData("GET", "/lab/caches/previews/trace", HttpStatusCode.Conflict, "records no trace")]
    [InlineData("DELETE", "/lab/caches/nothing/trace", HttpStatusCode.BadRequest, "documents")]
    public async Task WhatCannotBeDoneIsAProblem(string method, string path, HttpStatusCode status, string text)
    {
        using var lab = await shop.LabAsync("documents");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await lab.SendAsync(request, Cancellation);

        await Problems.AssertAsync(response, (int)status);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
