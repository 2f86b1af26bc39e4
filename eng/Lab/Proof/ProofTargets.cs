using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>All that the proof of a case runs, each with its feed.</summary>
internal sealed class ProofTargets : IAsyncDisposable
{
    private readonly List<ProofTarget> _targets = [];
    private readonly List<ProofSubject> _subjects = [];

    public IReadOnlyList<ProofSubject> All => _subjects;

    public static async Task<ProofTargets> StartAsync(
        CaseStudy study, CaseFeeding feeding, Backends backends, Neighbours neighbours, CancellationToken cancellationToken)
    {
        var targets = new ProofTargets();
        try
        {
            var starting = PlannedTarget.Of(study)
                .Select(plan => ProofTarget.StartAsync(study, plan, feeding.Capacity, backends, neighbours, cancellationToken)).ToArray();
            // Those that came up are stopped too if another did not.
            await Task.WhenAll(starting).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            targets._targets.AddRange(starting.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result));
            await Task.WhenAll(starting);
            targets._subjects.AddRange(targets._targets.Select(target => new ProofSubject(target, feeding.Create(target))));
            return targets;
        }
        catch
        {
            await targets.DisposeAsync();
            throw;
        }
    }

    public ICaseFeed FeedOf(CaseVariant variant) => _subjects.Single(subject => subject.Target.Variant == variant).Feed;

    public async ValueTask DisposeAsync()
    {
        foreach (var subject in _subjects)
            subject.Feed.Dispose();
        await Task.WhenAll(_targets.Select(target => target.DisposeAsync().AsTask()));
    }
}
