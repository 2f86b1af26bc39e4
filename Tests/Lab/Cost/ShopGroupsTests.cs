using Shop.Lab.Cost;

namespace Shop.Tests.Lab.Cost;

public sealed class ShopGroupsTests
{
    private const int Service = 20;
    private const int Self = 40;

    [Fact]
    public void AServersProcessesAreOneGroupAndOthersAreNone()
    {
        var processes = new[]
        {
            Process(1, 0, "/sbin/init"),
            Process(5, 1, "/bin/dcp", "start-apiserver"),
            Process(6, 5, "/bin/dcp", "run-controllers"),
            Process(7, 6, "/bin/dcp", "monitor-process"),
            Process(8, 1, "/shop/AppHost/AppHost"),
            Process(Service, 6, "/shop/Sessions/Sessions"),
            Process(21, 6, "/bin/sh", "/shop/servers/postgres.sh"),
            Process(22, 21, "/bin/postgres"),
            Process(23, 22, "postgres: checkpointer"),
            Process(30, 1, "/bin/sh", "/home/other.sh"),
            Process(Self, 30, "/shop/Lab"),
        }.ToDictionary(process => process.Id);

        var groups = ShopGroups.Of(processes, Service, Self);

        Assert.Equal(
            new Dictionary<int, string>
            {
                [5] = ShopGroups.Orchestrator, [6] = ShopGroups.Orchestrator, [7] = ShopGroups.Orchestrator, [8] = ShopGroups.Orchestrator,
                [Service] = "Sessions", [21] = "postgres", [22] = "postgres", [23] = "postgres", [Self] = ShopGroups.Load,
            },
            groups);
    }

    [Fact]
    public void AGroupCostsWhatItsProcessesUsedBetweenTheReadings()
    {
        var before = new[] { Use(1, 10, 100), Use(2, 20, 500) }.ToDictionary(process => process.Id);
        // The third has started since; of the second, a thread has ended and another has started.
        var after = new[] { Use(1, 15, 130), Use(2, 21, 40, thread: 9), Use(3, 2, 7) }.ToDictionary(process => process.Id);

        var costs = GroupCost.Between(before, after, new Dictionary<int, string> { [1] = "a", [2] = "b", [3] = "b" });

        Assert.Equal(
            [
                new("a", TimeSpan.FromSeconds(5), 30, 1), new("b", TimeSpan.FromSeconds(3), 47, 2),
                new(null, TimeSpan.FromSeconds(8), 77, 3),
            ],
            costs);
    }

    [Fact]
    public void TheTableHasThisProcessAndTheTimeThatItUses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc.");
        var before = ProcessTable.Read()[Environment.ProcessId];
        var used = CpuTime();
        while (CpuTime() - used < TimeSpan.FromMilliseconds(50))
            ;
        var after = ProcessTable.Read()[Environment.ProcessId];

        Assert.True(after.CpuTime - before.CpuTime >= TimeSpan.FromMilliseconds(20), $"{before} {after}");
        Assert.InRange(after.ContextSwitches.Values.Sum(), 1, long.MaxValue);
        Assert.InRange(after.ResidentBytes, 1024 * 1024, Environment.WorkingSet * 2);
        Assert.NotEmpty(after.Arguments[0]);
    }

    private static TimeSpan CpuTime()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static ProcessUse Process(int id, int parent, params string[] arguments)
        => new(id, parent, arguments, TimeSpan.Zero, new Dictionary<int, long>(), 0);

    private static ProcessUse Use(int id, int seconds, long switches, int thread = 1)
        => new(id, 0, ["a"], TimeSpan.FromSeconds(seconds), new Dictionary<int, long> { [thread] = switches }, 1);
}
