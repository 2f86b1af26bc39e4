using Shop.Tests.Caching;

namespace Shop.Benchmarks;

/// <summary>Requests on two threads, each with its own Zipf trace.</summary>
internal sealed class TwoThreads(double zipf)
{
    /// <summary>The number of requests in one run.</summary>
    public const int Requests = 500_000;

    private readonly int[] _trace = ZipfTrace.Create(1, zipf, Contenders.Keys, Requests);

    public void Run(Action<int> request)
    {
        var other = new Thread(() => Run(request, 0, Requests / 2));
        other.Start();
        Run(request, Requests / 2, Requests);
        other.Join();
    }

    private void Run(Action<int> request, int start, int end)
    {
        foreach (var key in _trace.AsSpan(start, end - start))
            request(key);
    }
}
