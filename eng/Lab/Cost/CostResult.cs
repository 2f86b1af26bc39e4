using Shop.Lab.Load;

namespace Shop.Lab.Cost;

/// <summary>What the Shop used during an interval.</summary>
/// <param name="Groups">Each group, and all of them at the end.</param>
/// <param name="Elapsed">How long it was.</param>
/// <param name="LoadBefore">What the load had done before.</param>
/// <param name="Load">What it had done at the end, its errors before the interval included.</param>
internal sealed record CostResult(IReadOnlyList<GroupCost> Groups, TimeSpan Elapsed, LoadReading LoadBefore, LoadReading Load)
{
    /// <summary>How many orders were settled or declined.</summary>
    public long Orders => Load.Settled + Load.Declined - LoadBefore.Settled - LoadBefore.Declined;
}
