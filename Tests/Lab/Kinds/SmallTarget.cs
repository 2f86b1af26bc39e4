using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Kinds;

/// <summary>
/// A service under proof that is in the test process. Its live bytes are those that the test says: the heap of this process has the objects
/// of all other tests, and changes by more than a threshold.
/// </summary>
internal sealed class SmallTarget(string name, CaseVariant variant) : IProofTarget, IServiceProbe
{
    private TaskCompletionSource _collected = NewCollection();

    public string Name => name;

    public CaseVariant Variant => variant;

    public IServiceProbe Probe => this;

    public Func<long> LiveBytes { get; init; } = () => 0;

    public Action Kill { get; init; } = () => { };

    public Action Restart { get; init; } = () => { };

    /// <summary>Waits for a collection that begins after this call.</summary>
    public async Task CollectionAsync()
    {
        await Volatile.Read(ref _collected).Task;
        await Volatile.Read(ref _collected).Task;
    }

    public async Task<long> CollectAsync(CancellationToken cancellationToken)
    {
        // Operations of the test run beside the collections of the proof.
        await Task.Yield();
        var live = LiveBytes();
        Interlocked.Exchange(ref _collected, NewCollection()).SetResult();
        return live;
    }

    public Task<long> ReadLiveBytesAsync(CancellationToken cancellationToken) => CollectAsync(cancellationToken);

    public Task<ProcessReading> ReadProcessAsync(CancellationToken cancellationToken) => Task.FromResult(new ProcessReading(
        Environment.ProcessId, GC.CollectionCount(2), GC.GetTotalAllocatedBytes(precise: true),
        GC.GetTotalPauseDuration().TotalMilliseconds, Environment.WorkingSet));

    public Task KillAsync(CancellationToken cancellationToken)
    {
        Kill();
        return Task.CompletedTask;
    }

    public Task RestartAsync(CancellationToken cancellationToken)
    {
        Restart();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewCollection() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
