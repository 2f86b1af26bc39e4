using Shop.Lab;
using Shop.Lab.Limits;

namespace Shop.Tests.Lab.Limits;

/// <summary>What happens to a process that leaks up to its memory limit.</summary>
public sealed class LimitsTests
{
    private const long Megabyte = 1024 * 1024;
    private const long Limit = 200 * Megabyte;
    private const long Half = Limit / 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHeapHardLimitEndsAManagedLeakWithoutAGroup()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The exit codes are Linux's.");
        var (result, _) = await LimitRun.RunAsync(LimitRow.All(Limit).Single(row => !row.InGroup), Limit, Cancellation);

        Assert.Equal((LimitResult.Aborted, null, Half), (result!.ExitCode, result.Kills, result.HeapLimitBytes));
        Assert.Contains("memory", result.Log, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(result.PeakBytes, Half / 2, Limit);
    }

    /// <summary>Three quarters by default, 60 and 95 %, half of the limit, more than the limit.</summary>
    [Theory]
    [InlineData(0, LimitResult.Aborted, 0, 75)]
    [InlineData(1, LimitResult.Aborted, 0, 60)]
    [InlineData(2, LimitResult.Killed, 1, 95)]
    [InlineData(3, LimitResult.Aborted, 0, 50)]
    [InlineData(4, LimitResult.Killed, 1, 125)]
    [InlineData(5, LimitResult.Killed, 1, 75)]
    [InlineData(6, LimitResult.Killed, 1, 50)]
    [InlineData(7, CommandLine.Done, 0, 75)]
    public async Task TheSmallerOfTheHeapsLimitAndTheGroupsEndsALeak(int row, int exitCode, int kills, int percent)
    {
        var (result, problem) = await LimitRun.RunAsync(LimitRow.All(Limit)[row], Limit, Cancellation);
        Assert.SkipWhen(result is null, $"No control group can be created here: {problem}");

        Assert.Equal((exitCode, kills, Limit * percent / 100), (result!.ExitCode, result.Kills, result.HeapLimitBytes));
        // Of a leak, more than garbage ever takes.
        Assert.Equal(exitCode == CommandLine.Done, result.PeakBytes < Half);
    }

    [Fact]
    public async Task AnInterruptLeavesNoGroupAndSoNoProcess()
    {
        using (var group = MemoryGroup.Create(Limit, out var problem))
            Assert.SkipWhen(group is null, $"No control group can be created here: {problem}");
        await using var lab = LabProcess.Start(["limits"]);
        await Eventually.ReadAsync(() => Task.FromResult(GroupsOf(lab.Id)), groups => groups.Length > 0, "a group");
        await lab.InterruptAsync();

        Assert.Equal((CommandLine.Interrupted, "", "Interrupted.\n"), await lab.EndAsync());
        Assert.Empty(GroupsOf(lab.Id));
    }

    [Fact]
    public void WhatCouldNotBeRunSaysWhy()
        => Assert.Equal("not run: denied", LimitsTable.Cells(LimitRow.All(Limit)[0], Limit, null, "denied")[^1]);

    private static string[] GroupsOf(int processId)
        => Directory.GetDirectories(MemoryGroup.Root, $"{MemoryGroup.NameOf(processId)}*");
}
