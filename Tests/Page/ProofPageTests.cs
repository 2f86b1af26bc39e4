using Microsoft.Playwright;
using Shop.Tests.Lab;

namespace Shop.Tests.Page;

/// <summary>A proof that is started from a case's page. The Lab runs alone: a proof has servers and services of its own.</summary>
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
public sealed class ProofPageTests(Browser browser) : IClassFixture<Browser>
{
    private const string Key = "key";
    // The case whose proof takes the least time of the Retained ones.
    private const string Case = "ActivityLog";
    private static readonly float LongestProof = (float)TimeSpan.FromMinutes(6).TotalMilliseconds;

    [Fact]
    public async Task AProofRunsToItsEndAndThePageShowsWhatItHasMeasured()
    {
        await using var lab = LabProcess.Start(["page", "--key", Key], ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        var page = await browser.OpenAsync();
        await page.GotoAsync($"{new Uri(await lab.ReadAddressAsync(), $"/cases/{Case}")}#{Key}");
        await page.PressAsync("Prove");
        var log = page.GetByRole(AriaRole.Log);
        await Assertions.Expect(log).ToContainTextAsync($"{Case}: measuring", new() { Timeout = LongestProof });
        await page.AssertAccessibleAsync(ColorScheme.Light, 1280);
        await page.AssertAccessibleAsync(ColorScheme.Dark, 390);

        var proof = page.GetByRole(AriaRole.Region, new() { Name = "Proof: this run", Exact = true });
        await Assertions.Expect(proof).ToBeVisibleAsync(new() { Timeout = LongestProof });
        await Assertions.Expect(page.GetByText("As catalogued (exit code 0).")).ToBeVisibleAsync();
        // The page reads the report and deletes it.
        await Assertions.Expect(log).Not.ToContainTextAsync("Report:");
        await Assertions.Expect(proof.Locator(".verdict")).ToHaveTextAsync("confirmed; Fixed bounded");
        await AssertFoundAsync(proof, "Leaky", "Grows");
        await AssertFoundAsync(proof, "Fixed", "Flat");
        await AssertFoundAsync(proof, "Control", "Flat");
        await Assertions.Expect(proof.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await page.AssertAccessibleAsync(ColorScheme.Light, 1280);
    }

    private static Task AssertFoundAsync(ILocator proof, string variant, string finding)
        => Assertions.Expect(proof.GetByRole(AriaRole.Row)
            .Filter(new() { Has = proof.Page.GetByRole(AriaRole.Rowheader, new() { Name = variant, Exact = true }) }))
            .ToContainTextAsync(finding);
}
