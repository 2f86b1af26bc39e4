using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The tests that are the same for every case whose Leaky variant allocates too much for each operation.</summary>
public abstract class AllocatedContract : CaseContract
{
    /// <summary>As shares of the catalogued bytes.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 0.7, 1.3)]
    [InlineData(CaseVariant.Fixed, 0.0, 0.05)]
    public void OnlyLeakyAllocatesTheCataloguedBytes(CaseVariant variant, double from, double to)
    {
        Switch.Select(variant);

        Assert.InRange(Allocated(Operate) / Study.Evidence.Expected!.Value, from, to);
    }

    /// <summary>Runs one operation of the catalogued size on this thread.</summary>
    private protected abstract void Operate();

    /// <summary>The bytes that an operation allocates: the minimum of several runs, because the first ones fill the pools.</summary>
    private protected static long Allocated(Action operation, int times = 20) => Enumerable.Range(0, times).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        operation();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
