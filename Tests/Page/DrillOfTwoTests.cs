using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shop.Documents.FileWatchers;
using Shop.Documents.Previews;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>A drill of the third level: two cases at once.</summary>
[RunningShop]
public sealed class DrillOfTwoTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int Previews = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => shop.EndDrillAsync();

    /// <summary>One is found on the page, the other on the command line; each leaks until then.</summary>
    [Fact]
    public async Task ADrillOfTwoCasesIsOnUntilBothAreFound()
    {
        var (watchers, previews) = (FileWatchersCase.Study, PreviewsCase.Study);
        var seed = Drills.SeedOf(Drill.MaxLevel, watchers.Id, previews.Id);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await page.GetByLabel("Level").SelectOptionAsync($"{Drill.MaxLevel}");
        await page.GetByLabel("Seed").FillAsync($"{seed}");
        await page.PressAsync("Start a drill");
        await Assertions.Expect(page.GetByText("0 of 2")).ToBeVisibleAsync();
        await AssertBothLeakAsync();

        await page.AnswerDrillAsync(watchers.Service, watchers.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("Right. There is another one.")).ToBeVisibleAsync();
        await page.AnswerDrillAsync(watchers.Service, watchers.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("This one was found already")).ToBeVisibleAsync();
        Assert.Contains("1 of 2 found", (await shop.RunDrillAsync(0, "status")).Output, StringComparison.Ordinal);
        await AssertBothLeakAsync();

        var solved = await shop.RunDrillAsync(0, "answer", previews.Service, previews.Id, DrillChoices.RootOf(previews));
        Assert.Contains("2 of 2 found; ", solved.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 wrong guesses", solved.Output, StringComparison.Ordinal);
        Assert.Contains(previews.RetentionPath!, solved.Output, StringComparison.Ordinal);
        foreach (var study in new[] { watchers, previews })
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{study.Id} in documents" })).ToBeVisibleAsync();
        using var documents = await shop.LabAsync("documents");
        Assert.Equal(0, await documents.HeldItemsAsync(watchers.Id));
        Assert.Equal(0, await documents.HeldItemsAsync(previews.Id));
    }

    // Nothing tells what the cases hold: the one holds inotify instances, the other 20 KB of text for each document.
    private async Task AssertBothLeakAsync()
    {
        using var documents = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "drill-of-two");
        var process = (await documents.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
        var id = await customer.UploadAsync();
        await customer.Documents.GetStringAsync($"/documents/{id}", Cancellation);
        var instances = ProcessHandles.Count(process, HandleResource.InotifyInstances);
        await customer.Documents.GetStringAsync($"/documents/{id}", Cancellation);
        Assert.Equal(instances + 1, ProcessHandles.Count(process, HandleResource.InotifyInstances));

        // The rest of the heap moves too: once it shrank by as much as a batch retains.
        var (before, count) = (await documents.HeapAfterCollectionAsync(), 0);
        await Eventually.ReadAsync(async () =>
        {
            for (var index = 0; index < Previews; index++, count++)
                await customer.Documents.GetStringAsync($"/documents/{await customer.UploadAsync()}/preview", Cancellation);
            return await documents.HeapAfterCollectionAsync() - before;
        }, grown => grown > count * PreviewsCase.Study.Evidence.Expected / 2, "the previews to be retained");
    }
}
