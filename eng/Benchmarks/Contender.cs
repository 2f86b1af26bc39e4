namespace Shop.Benchmarks;

/// <summary>A cache, reduced to get-or-add of a key, and what to dispose with it.</summary>
internal sealed class Contender(Action<int> getOrAdd, IDisposable? owned = null) : IDisposable
{
    public Action<int> GetOrAdd { get; } = getOrAdd;

    public void Dispose() => owned?.Dispose();
}
