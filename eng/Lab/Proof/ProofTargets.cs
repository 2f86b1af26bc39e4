using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>A case's variants, each running and with its feed.</summary>
internal sealed class ProofTargets : IAsyncDisposable
{
    private readonly List<(ProofTarget Target, ICaseFeed Feed)> _targets = [];

    public IReadOnlyList<(ProofTarget Target, ICaseFeed Feed)> All => _targets;

    public static async Task<ProofTargets> StartAsync(
        CaseStudy study, CaseFeeding feeding, Backends backends, Neighbours neighbours, CancellationToken cancellationToken)
    {
        var targets = new ProofTargets();
        try
        {
            var starting = study.Variants
                .Select(variant => ProofTarget.StartAsync(study, variant, feeding.Capacity, backends, neighbours, cancellationToken)).ToArray();
            // Those that came up are stopped too if another did not.
            await Task.WhenAll(starting).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            foreach (var target in starting.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result))
                targets._targets.Add((target, feeding.Create(target)));
            await Task.WhenAll(starting);
            return targets;
        }
        catch
        {
            await targets.DisposeAsync();
            throw;
        }
    }

    public ICaseFeed FeedOf(CaseVariant variant) => _targets.Single(target => target.Target.Variant == variant).Feed;

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, feed) in _targets)
            feed.Dispose();
        await Task.WhenAll(_targets.Select(target => target.Target.DisposeAsync().AsTask()));
    }
}
