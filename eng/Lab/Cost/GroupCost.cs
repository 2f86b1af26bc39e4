namespace Shop.Lab.Cost;

/// <summary>What a group of processes used during an interval.</summary>
/// <param name="Group">The group; null for all.</param>
/// <param name="CpuTime">CPU time of those of its processes that run at the end.</param>
/// <param name="ContextSwitches">Context switches of those of their threads that run at the end.</param>
/// <param name="ResidentBytes">The memory that they use at the end; shared memory counts in each.</param>
internal sealed record GroupCost(string? Group, TimeSpan CpuTime, long ContextSwitches, long ResidentBytes)
{
    /// <summary>The groups, the most expensive first, and all together at the end.</summary>
    public static IReadOnlyList<GroupCost> Between(
        IReadOnlyDictionary<int, ProcessUse> before, IReadOnlyDictionary<int, ProcessUse> after, IReadOnlyDictionary<int, string> groups)
    {
        var costs = groups.GroupBy(process => process.Value, process => process.Key)
            .Select(group => Of(group.Key, group.Select(id => (before.GetValueOrDefault(id), after[id]))))
            .OrderByDescending(cost => cost.CpuTime).ToList();
        return [.. costs, costs.Aggregate(new GroupCost(null, TimeSpan.Zero, 0, 0), Add)];
    }

    private static GroupCost Of(string group, IEnumerable<(ProcessUse? Before, ProcessUse After)> processes)
        => processes.Select(process => Of(group, process.Before, process.After)).Aggregate(Add);

    private static GroupCost Of(string group, ProcessUse? before, ProcessUse after) => new(
        group, after.CpuTime - (before?.CpuTime ?? TimeSpan.Zero),
        after.ContextSwitches.Sum(thread => thread.Value - (before?.ContextSwitches.GetValueOrDefault(thread.Key) ?? 0)),
        after.ResidentBytes);

    private static GroupCost Add(GroupCost sum, GroupCost cost) => sum with
    {
        CpuTime = sum.CpuTime + cost.CpuTime,
        ContextSwitches = sum.ContextSwitches + cost.ContextSwitches,
        ResidentBytes = sum.ResidentBytes + cost.ResidentBytes,
    };
}
