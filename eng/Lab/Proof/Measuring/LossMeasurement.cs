using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// Kills the process in the middle of a window of operations, again and again, and counts the operations that went wrong.
/// </summary>
internal sealed class LossMeasurement(IProofTarget target, ILossFeed feed, int window, Action<ProofStep> report)
{
    // Each costs a start of the service.
    private const int Kills = 3;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    public async Task<IReadOnlyList<LossCount>> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        var counts = new List<LossCount>(Kills);
        for (var kill = 1; kill <= Kills; kill++)
        {
            counts.Add(await KillAsync(cancellationToken));
            report(new((double)kill / Kills, FormattableString.Invariant($"{kill} of {Kills} kills")));
        }
        return counts;
    }

    private async Task<LossCount> KillAsync(CancellationToken cancellationToken)
    {
        var middle = feed.Accepted + (window / 2);
        var operations = feed.OperateAsync(window, cancellationToken);
        while (feed.Accepted < middle && !operations.IsCompleted)
            await Task.Delay(Poll, cancellationToken);
        await target.KillAsync(cancellationToken);
        await operations;
        await target.RestartAsync(cancellationToken);
        return await feed.CountAsync(cancellationToken);
    }
}
