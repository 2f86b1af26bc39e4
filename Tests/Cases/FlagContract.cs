using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;

namespace Shop.Tests.Cases;

/// <summary>
/// The tests that are the same for every case on the running Shop. The tests of a case, <c>{Id}FlagTests</c>, derive from it.
/// </summary>
[RunningShop]
public abstract class FlagContract(ShopFixture shop) : IAsyncLifetime
{
    private HttpClient? _lab;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected CaseStudy Study => TestedCase.Of(GetType());

    private protected ShopFixture Shop => shop;

    /// <summary>The items that may appear between two counts, because messages or requests of others are still on their way.</summary>
    private protected virtual long Late => 0;

    public async ValueTask InitializeAsync()
    {
        _lab = await shop.LabAsync(Study.Service);
        await PrepareAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_lab is null)
            return;
        await SwitchAsync(CaseVariant.Fixed);
        await _lab.ResetCaseAsync(Study.Id);
        _lab.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TheFlagDecidesWhatIsHeldAndResetReleasesIt()
    {
        foreach (var variant in Study.Variants.Where(variant => variant != CaseVariant.Fixed))
        {
            await ResetAsync();
            await SwitchAsync(variant);
            await AssertHeldAsync(variant, before: 0);
            var held = await HeldItemsAsync();

            // What is held stays, but does not grow.
            await SwitchAsync(CaseVariant.Fixed);
            await AssertHeldAsync(CaseVariant.Fixed, held);
        }
        await ResetAsync();
    }

    /// <summary>Prepares what the operations need, while the case is Fixed.</summary>
    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Runs operations of the case as a customer, and asserts the answers with the variant.</summary>
    private protected abstract Task OperateAsync(CaseVariant variant);

    /// <summary>The least and the highest number of items that the operations leave; both are 0 if the case retains nothing.</summary>
    private protected abstract (long Least, long Highest) Holds(CaseVariant variant);

    private protected Task SwitchAsync(CaseVariant variant) => _lab!.SwitchCaseAsync(Study.Id, variant.Name());

    private async Task AssertHeldAsync(CaseVariant variant, long before)
    {
        await OperateAsync(variant);
        var (least, highest) = Holds(variant);
        Assert.InRange(await HeldItemsAsync() - before, least, highest + Late);
    }

    // Late messages may be recorded between the reset and the count, so both are repeated.
    private async Task ResetAsync()
        => await Eventually.ReadAsync(async () =>
        {
            await _lab!.ResetCaseAsync(Study.Id);
            return await HeldItemsAsync();
        }, held => held == 0, "a reset to release everything");

    private Task<long> HeldItemsAsync() => _lab!.HeldItemsAsync(Study.Id);
}
