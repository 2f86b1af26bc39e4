using Microsoft.Playwright;
using Shop.Lab.Drills;
using Shop.Tests.AppHost;
using Shop.Tests.Lab;

namespace Shop.Tests.Page;

/// <summary>The drill of the running Shop.</summary>
internal static class Drills
{
    /// <summary>A seed that picks these cases.</summary>
    public static int SeedOf(int level, params string[] cases)
        => Enumerable.Range(0, int.MaxValue).First(
            seed => Drill.Pick(level, seed).Cases.Select(study => study.Id).ToHashSet().SetEquals(cases));

    /// <summary>Ends the drill, if one is on.</summary>
    public static async ValueTask EndDrillAsync(this ShopFixture shop)
    {
        using var lab = await shop.LabAsync("lab");
        await lab.DeleteAsync("/api/drill", TestContext.Current.CancellationToken);
    }

    /// <summary>Answers on the page.</summary>
    public static async Task AnswerDrillAsync(this IPage page, string service, string study, string root)
    {
        await page.GetByLabel("Service").SelectOptionAsync(service);
        // What was chosen for the service before is cleared first.
        await Assertions.Expect(page.GetByLabel("Case")).ToHaveValueAsync("");
        await page.GetByLabel("Case").SelectOptionAsync(study);
        await page.GetByLabel("Root").SelectOptionAsync(root);
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
    }

    /// <summary>Runs <c>lab drill</c>, which must end with the exit code.</summary>
    public static async Task<(string Output, string Error)> RunDrillAsync(
        this ShopFixture shop, int exitCode, params string[] arguments)
    {
        var (code, output, error) = await LabProcess.RunAsync(
            ["drill", .. arguments, "--page", shop.LabUrl("/").AbsoluteUri, "--key", await shop.App.LabKeyAsync()]);
        Assert.True(code == exitCode, $"{code}: {output} {error}");
        return (output, error);
    }
}
