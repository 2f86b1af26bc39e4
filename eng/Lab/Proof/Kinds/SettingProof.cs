using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;

namespace Shop.Lab.Proof.Kinds;

/// <summary>
/// Measures a service in each environment of the matrix, in rounds, so that the load of the machine meets all alike, and judges nothing.
/// </summary>
internal sealed class SettingProof(int window, Action<string, ProofStep> report) : IKindProof
{
    private const int Rounds = 3;

    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        foreach (var subject in subjects)
            await WarmUpAsync(subject, cancellationToken);
        var measured = subjects.Select(_ => new List<SettingRound>()).ToList();
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var (subject, rounds) in subjects.Zip(measured))
            {
                rounds.Add(await SettingRound.MeasureAsync(subject, window, cancellationToken));
                report(subject.Target.Name, ProofStep.Operations((double)round / Rounds, round * window, Rounds * window));
            }
        }
        return [.. subjects.Zip(measured, Describe)];
    }

    private async Task WarmUpAsync(ProofSubject subject, CancellationToken cancellationToken)
    {
        await subject.Feed.PrepareAsync(cancellationToken);
        await subject.Feed.OperateAsync(window, cancellationToken);
    }

    private VariantResult Describe(ProofSubject subject, IReadOnlyList<SettingRound> rounds)
    {
        var pauseShare = Interval.Range(rounds.Select(round => round.PauseShare)).Estimate;
        return new VariantResult(
            subject.Target.Name, Interval.Range(rounds.Select(round => (double)round.WorkingSetBytes)), Finding.Measured, Finding.Measured)
        {
            Details = new Dictionary<string, string>
            {
                ["pause share"] = pauseShare.ToString("0.0 %", CultureInfo.InvariantCulture),
                ["operations per second"] = ProofTable.Number(Interval.Range(rounds.Select(round => round.OperationsPerSecond)).Estimate),
                ["Gen2 collections"] = ProofTable.Number(rounds.Sum(round => round.Gen2)),
                ["operations"] = ProofTable.Number(rounds.Count * window),
            },
        };
    }
}
