using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;

namespace Shop.Tests.Lab.Kinds;

/// <summary>
/// A service that executes the operations that it has accepted after its next start, and its feed. It is killed when it has accepted half
/// of a window, and accepts no more until it is started again.
/// </summary>
internal sealed class SmallOutbox : ILossFeed
{
    private readonly List<int> _accepted = [];
    private readonly List<int> _executed = [];
    private readonly List<int> _stored = [];
    private readonly List<int> _audited = [];
    private TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _acceptedCount;

    /// <summary>Whether it stores accepted operations in memory only.</summary>
    public bool IsInMemory { get; init; }

    /// <summary>Whether it executes stored operations that it has executed before.</summary>
    public bool ExecutesAgain { get; init; }

    public int Accepted => Volatile.Read(ref _acceptedCount);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
    {
        for (var operation = 0; operation < count / 2; operation++)
        {
            var id = Accepted;
            _accepted.Add(id);
            _stored.Add(id);
            if (ExecutesAgain)
                _executed.Add(id);
            Volatile.Write(ref _acceptedCount, id + 1);
        }
        await _killed.Task.WaitAsync(cancellationToken);
    }

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Kill()
    {
        if (IsInMemory)
            _stored.Clear();
        Interlocked.Exchange(ref _killed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Restart()
    {
        _executed.AddRange(_stored);
        _stored.Clear();
    }

    public Task<LossCount> CountAsync(CancellationToken cancellationToken)
    {
        var sent = _accepted.Except(_audited).ToList();
        var times = sent.Select(id => _executed.Count(executed => executed == id)).ToList();
        _audited.AddRange(sent);
        return Task.FromResult(new LossCount(
            times.Count(count => count == 0), times.Count(count => count > 1), _executed.Except(_accepted).Count()));
    }

    public void Dispose()
    {
    }
}
