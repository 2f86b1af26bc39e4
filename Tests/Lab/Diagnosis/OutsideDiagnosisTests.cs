using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;

namespace Shop.Tests.Lab.Diagnosis;

[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
public sealed class OutsideDiagnosisTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatGrowsBesideTheManagedHeapIsToldAsThat()
    {
        if (TestProcess.Argument is { } path)
        {
            await GrowUntilKilledAsync(path);
            return;
        }
        var grown = Path.Combine(_folder, "grown");
        await using var process = await LabProcess.StartTestAsync(GetType(), grown);

        var file = Path.Combine(_folder, "report.json");
        var (exitCode, output, error) = await LabProcess.RunAsync("diagnose", $"{process.Id}", "--report", file);

        Assert.True(exitCode == 1, $"{output}{error}");
        var report = DiagnosisFiles.Read(file);
        var outside = report.Outside.ToDictionary(growth => growth.What);
        Assert.Equal(["dynamic assemblies", "native memory"], outside.Keys.Order());
        Assert.Equal(Verdict.Leak, outside["dynamic assemblies"].Verdict);
        Assert.Equal(Verdict.CannotTell, outside["native memory"].Verdict);
        Assert.Contains("OutsideShapes.NativeHandle (+", outside["native memory"].Explanation, StringComparison.Ordinal);
        // The memory behind the handles is no managed memory.
        var leaks = report.Growths.Where(growth => growth.Verdict == Verdict.Leak).ToDictionary(growth => growth.Path.Split(" → ")[0]);
        Assert.Equal(["finalizer queue", "static OutsideShapes._handles"], leaks.Keys.Order());
        Assert.All(leaks.Values, leak => Assert.InRange(leak.Bytes, 1, 1 << 20));
        Assert.Contains("it is in OutsideShapes.Blocking.Finalize", leaks["finalizer queue"].Explanation, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task GrowUntilKilledAsync(string grown)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(Cancellation))
        {
            OutsideShapes.Add();
            await File.AppendAllTextAsync(grown, ".", Cancellation);
        }
    }
}
