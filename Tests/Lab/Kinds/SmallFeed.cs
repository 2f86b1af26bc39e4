using Shop.Lab.Proof.Feeds;

namespace Shop.Tests.Lab.Kinds;

/// <summary>Feeds a small target; the traffic without the case does nothing.</summary>
/// <param name="operate">Runs so many operations.</param>
/// <param name="prepare">What the operations need.</param>
internal sealed class SmallFeed(Func<int, Task> operate, Func<Task>? prepare = null) : ICaseFeed
{
    /// <summary>Repeats an action.</summary>
    public static SmallFeed Of(Action operation, Func<Task>? prepare = null) => new(count =>
    {
        for (var index = 0; index < count; index++)
            operation();
        return Task.CompletedTask;
    }, prepare);

    public Task PrepareAsync(CancellationToken cancellationToken) => prepare?.Invoke() ?? Task.CompletedTask;

    public Task OperateAsync(int count, CancellationToken cancellationToken) => operate(count);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
