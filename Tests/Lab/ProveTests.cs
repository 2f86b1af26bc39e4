using System.Diagnostics;
using System.Text.Json;
using Shop.Lab;

namespace Shop.Tests.Lab;

/// <summary>The proof measures; nothing else may run beside it.</summary>
[CollectionDefinition(nameof(ProveTests), DisableParallelization = true)]
[Collection(nameof(ProveTests))]
public sealed class ProveTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(8);
    private readonly string _report = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_report, recursive: true);

    /// <summary>From the command to the report: turns red where a variant does not do as it is said to, or is not the one that was asked for.</summary>
    [Fact]
    public async Task ACaseIsProvenFromTheCommandLine()
    {
        var (exitCode, _, error) = await RunAsync(["prove", "DocumentEvents", "--report", _report], TestContext.Current.CancellationToken);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        var proof = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_report, "proof.json"), TestContext.Current.CancellationToken)).RootElement[0];
        Assert.True(proof.GetProperty("isProven").GetBoolean());
        Assert.Equal(["Leaky Grows", "Published Flat", "Fixed Flat", "Control Flat"],
            proof.GetProperty("variants").EnumerateArray().Select(variant => $"{variant.GetProperty("name").GetString()} {variant.GetProperty("finding").GetString()}"));
        Assert.InRange(proof.GetProperty("variants")[0].GetProperty("value").GetProperty("estimate").GetDouble(), 900, 1_500);
        Assert.Contains("12,441 live RequestTracingMiddleware instances", await File.ReadAllTextAsync(Path.Combine(_report, "README.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(Path.Combine(_report, "DocumentEvents.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownCaseIsOneLineAndAnExitCode()
    {
        var (exitCode, _, error) = await RunAsync(["prove", "Nothing"], TestContext.Current.CancellationToken);

        Assert.Equal(CommandLine.BadArguments, exitCode);
        Assert.Matches(@"\AThere is no case 'Nothing'\. .*DocumentEvents.*\n\z", error);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        using var lab = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(CommandLine).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = lab.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = lab.StandardError.ReadToEndAsync(timeout.Token);
            await lab.WaitForExitAsync(timeout.Token);
            return (lab.ExitCode, await output, await error);
        }
        finally
        {
            if (!lab.HasExited)
                lab.Kill(entireProcessTree: true);
        }
    }
}
