using Microsoft.Playwright;

namespace Shop.Tests.Page;

/// <summary>The Chromium that is installed on this machine; tests that need it are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];
    /// <summary>The rendering of a page may have to wait for a busy machine.</summary>
    internal const float TimeoutMilliseconds = 60_000;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        // A container has no namespaces of its own for a sandbox; the pages are ours.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens an empty page without cookies.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        if (_browser is null)
            Assert.Skip($"This machine has no browser: none of {string.Join(", ", Programs)} is in PATH.");
        var context = await _browser.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(TimeoutMilliseconds);
        Assertions.SetDefaultExpectTimeout(TimeoutMilliseconds);
        return page;
    }

    private static string? Find()
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Programs.Select(program => Path.Combine(folder, program))).FirstOrDefault(File.Exists);
}
