using System.Text.Json;
using Shop.Documents.DocumentEvents;
using Shop.Lab;
using Shop.Lab.Proof;

namespace Shop.Tests.Lab;

/// <summary>These tests measure, so no other test may run at the same time.</summary>
[CollectionDefinition(nameof(ProveTests), DisableParallelization = true)]
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
public sealed class ProveTests : IDisposable
{
    private readonly string _report = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_report, recursive: true);

    /// <summary>From the command to the report: fails if a finding differs from the catalogue or another variant was measured.</summary>
    [Fact]
    public async Task ACaseIsProvenFromTheCommandLine()
    {
        var (exitCode, output, error) = await LabProcess.RunAsync("prove", "DocumentEvents", "--report", _report);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Matches("Leaky [0-9,]+ of [0-9,]+ operations", output);
        var proof = JsonDocument.Parse(await ReadAsync("proof.json")).RootElement[0];
        Assert.True(proof.GetProperty("isProven").GetBoolean());
        Assert.Equal(
            ["Leaky Grows", "Published Flat", "Fixed Flat", "Control Flat"],
            proof.GetProperty("variants").EnumerateArray()
                .Select(variant => $"{variant.GetProperty("name")} {variant.GetProperty("finding")}"));
        string[][] roots = [.. proof.GetProperty("variants").EnumerateArray()
            .Where(variant => variant.GetProperty("roots").ValueKind == JsonValueKind.Array)
            .Select(variant => variant.GetProperty("roots").EnumerateArray().Select(root => root.GetString()!).ToArray())];
        Assert.StartsWith(DocumentEventsCase.Study.RetentionPath!, Assert.Single(roots[0]), StringComparison.Ordinal);
        Assert.Equal([[], []], roots[1..]);
        Assert.InRange(proof.GetProperty("variants")[0].GetProperty("value").GetProperty("estimate").GetDouble(), 900, 1_500);
        Assert.Contains("12,441 live RequestTracingMiddleware instances", await ReadAsync("README.md"), StringComparison.Ordinal);
        var chart = await ReadAsync("DocumentEvents.svg");
        Assert.All(
            ["operations", "KB alive since the first window", "Leaky", "Fixed"],
            text => Assert.Contains($">{text}<", chart, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnUnknownCasePrintsOneLineAndReturnsAnExitCode()
    {
        var (exitCode, _, error) = await LabProcess.RunAsync("prove", "Nothing");

        Assert.Equal(CommandLine.BadArguments, exitCode);
        Assert.Matches(@"\AArgument 'Nothing' not recognized\. .*DocumentEvents.*\n\z", error);
    }

    private Task<string> ReadAsync(string file)
        => File.ReadAllTextAsync(Path.Combine(_report, file), TestContext.Current.CancellationToken);
}
