using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The tests that are the same for every case whose Leaky variant retains something of each operation.</summary>
public abstract class RetainedContract : CaseContract
{
    private const int MinOperations = 200;

    /// <summary>The number of items that Fixed holds at most.</summary>
    private protected abstract long Bound { get; }

    /// <summary>The operations of the current variant that run at the same time.</summary>
    private protected virtual int Concurrency => 4;

    [Theory, Variants]
    public async Task AVariantHoldsAnOperationAfterACollectionOnlyIfItLeaks(CaseVariant variant)
    {
        Switch.Select(variant);
        var held = await OperateAsync();
        await AgeAsync();

        if (!Leaks(variant))
            await AssertReleasedAsync(held);
        Memory.Collect();
        Assert.Equal(Leaks(variant), held.IsAlive);
    }

    [Theory, Variants]
    public async Task ResetReleasesEverythingAndTheVariantsGoOn(CaseVariant variant)
    {
        Switch.Select(variant);
        var held = await OperateAsync();
        Assert.Equal(ItemsAfterOneOperation(variant), Switch.HeldItems);
        Switch.Reset();

        Assert.Equal(0, Switch.HeldItems);
        await AssertReleasedAsync(held);
        await BehaveAsync();
        Switch.Select(CaseVariant.Fixed);
        await BehaveAsync();
    }

    [Fact]
    public async Task AboveTheFusesLimitFixedTakesOver()
    {
        Switch.Select(CaseVariant.Leaky);
        while (Switch.HeldItems <= Fuse)
        {
            Assert.False(Switch.TestFuse());
            var held = Switch.HeldItems;
            await OperateAsync();
            Assert.True(Switch.HeldItems > held);
        }

        Assert.True(Switch.TestFuse());
        Assert.Equal($"{CaseVariant.Fixed}{Study.Id}", Current.GetType().Name);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Fixed)]
    public async Task OnlyFixedStaysWithinItsBoundWhileOperationsRunConcurrently(CaseVariant variant)
    {
        Switch.Select(variant);
        var operations = (int)Math.Max(MinOperations, 3 * Bound);
        var held = new long[operations];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = Cancellation };
        await Parallel.ForAsync(0, operations, options, async (operation, _) =>
        {
            await OperateAsync();
            held[operation] = Switch.HeldItems;
        });

        if (variant == CaseVariant.Leaky)
            Assert.Equal(operations, Switch.HeldItems);
        else
            Assert.InRange(held.Max(), IsFilled ? Bound * 9 / 10 : 0, Bound);
    }

    /// <summary>
    /// Runs one operation of <see cref="CaseContract.Current"/> and returns a reference to an object that Leaky retains. Not inlined, so
    /// that no frame retains it.
    /// </summary>
    private protected abstract Task<WeakReference> OperateAsync();

    /// <summary>Lets the time pass, or runs the operations, after which a variant that does not leak has released the first one.</summary>
    private protected virtual Task AgeAsync() => Task.CompletedTask;

    /// <summary>Whether the variant retains an operation; Published may do so in fewer cases than Leaky.</summary>
    private protected virtual bool Leaks(CaseVariant variant) => variant == CaseVariant.Leaky;

    /// <summary>The number of items that one operation leaves.</summary>
    private protected virtual long ItemsAfterOneOperation(CaseVariant variant) => 1;

    /// <summary>Whether operations fill Fixed to its bound, instead of holding an item only while they run.</summary>
    private protected virtual bool IsFilled => true;

    // Clients release what they have sent shortly after the response.
    private static async Task AssertReleasedAsync(WeakReference held)
        => await Eventually.ReadAsync(() =>
        {
            Memory.Collect();
            return Task.FromResult(held.IsAlive);
        }, isAlive => !isAlive, "what the operation left to be released");
}
