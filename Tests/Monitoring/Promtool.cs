using Shop.Lab;

namespace Shop.Tests.Monitoring;

/// <summary>Prometheus' own checker of rules, which is fetched as the server is.</summary>
internal static class Promtool
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "servers", "promtool.sh");

    /// <summary>The rules and their tests.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Folder, "eng", "Monitoring");

    private static readonly Lazy<Task<(int ExitCode, string Output)>> Version = new(() => RunScriptAsync(Folder, "--version"));

    /// <summary>Runs it in a folder; skips the test where this machine has none and cannot fetch it.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "promtool is run from Debian's package, on Linux.");
        var (exitCode, reason) = await Version.Value;
        Assert.SkipUnless(exitCode == 0, $"promtool can neither be found nor fetched: {reason.Trim()}");
        return await RunScriptAsync(folder, arguments);
    }

    private static Task<(int ExitCode, string Output)> RunScriptAsync(string folder, params string[] arguments)
        => Repository.RunAsync("/bin/sh", [Script, .. arguments], folder, CancellationToken.None);
}
