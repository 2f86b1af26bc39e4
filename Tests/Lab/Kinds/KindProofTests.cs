using System.Diagnostics.CodeAnalysis;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Kinds;
using Shop.Lab.Proof.Measuring;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Kinds;

/// <summary>The proofs of the kinds Allocated, Peak, Loss and Setting on small cases of this process.</summary>
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
[SuppressMessage("Reliability", "CA2000", Justification = "The small feeds hold nothing.")]
public sealed class KindProofTests
{
    private const int Bytes = 20_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnlyLeakyAllocatesMoreThanFixed()
    {
        var results = await new AllocatedProof(new Allocated(Bytes), window: 50, (_, _) => { }).RunAsync(
        [
            Subject(CaseVariant.Leaky, () => GC.KeepAlive(new byte[Bytes])),
            Subject(CaseVariant.Fixed, () => { }),
        ], Cancellation);

        Assert.Equal(["Leaky Grows", "Fixed Flat"], results.Findings());
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
    }

    /// <summary>Its first windows, after two to warm up, allocate all or nothing.</summary>
    [Fact]
    public async Task AllocationsThatDoNotSayYetWhetherTheyAreAboveTheThresholdAreMeasuredFurther()
    {
        const int window = 50, uneven = 11;
        var operations = 0;
        var results = await new AllocatedProof(new Allocated(Bytes), window, (_, _) => { }).RunAsync(
        [
            Subject(CaseVariant.Leaky, () =>
            {
                var (count, isEven) = (operations / window, operations++ / window % 2 == 0);
                GC.KeepAlive(new byte[count >= uneven ? Bytes : isEven ? 0 : 2 * Bytes]);
            }),
            Subject(CaseVariant.Fixed, () => { }),
        ], Cancellation);

        Assert.Equal(["Leaky Grows", "Fixed Flat"], results.Findings());
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
    }

    [Fact]
    public async Task ThePeakGrowsWithTheRowsUnderLeakyOnly()
    {
        var results = await new PeakProof(new Peak(Bytes), rows: 100, (_, _) => { }).RunAsync(
            [PeakSubject(CaseVariant.Leaky, isKept: true), PeakSubject(CaseVariant.Fixed, isKept: false)], Cancellation);

        Assert.Equal(["Leaky Grows", "Fixed Flat"], results.Findings());
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKillLosesDoublesOrInventsOperations(bool isPublishedLossy)
    {
        var results = await new LossProof(new Loss(PerKill: 10, isPublishedLossy), window: 20, (_, _) => { }).RunAsync(
        [
            LossSubject(CaseVariant.Leaky, new SmallOutbox { IsInMemory = true }),
            LossSubject(CaseVariant.Published, new SmallOutbox { ExecutesAgain = true }),
            LossSubject(CaseVariant.Fixed, new SmallOutbox()),
        ], Cancellation);

        Assert.Equal(["Leaky Grows", "Published Grows", "Fixed Flat"], results.Findings());
        Assert.Equal([true, isPublishedLossy, true], results.Select(result => result.IsAsCatalogued));
        Assert.Equal(("30", "0"), (results[0].Details["lost"], results[0].Details["doubled"]));
        Assert.Equal(("0", "30"), (results[1].Details["lost"], results[1].Details["doubled"]));
    }

    [Fact]
    public async Task AMatrixOfSettingsIsMeasuredButNotJudged()
    {
        var results = await new SettingProof(window: 50, (_, _) => { }).RunAsync(
        [
            new(new SmallTarget("workstation", CaseVariant.Fixed), SmallFeed.Of(() => GC.KeepAlive(new byte[Bytes]))),
            new(new SmallTarget("server", CaseVariant.Fixed), SmallFeed.Of(() => { })),
        ], Cancellation);

        Assert.Equal(["workstation Measured", "server Measured"], results.Findings());
        Assert.All(results, result => Assert.True(result.Value.Estimate > 0));
        Assert.All(results, result => Assert.Equal("150", result.Details["operations"]));
    }

    private static ProofSubject Subject(CaseVariant variant, Action operation)
        => new(new SmallTarget(variant.Name(), variant), SmallFeed.Of(operation));

    // Leaky has all rows in memory at its end, Fixed one of them; then it waits until a collection has seen them.
    private static ProofSubject PeakSubject(CaseVariant variant, bool isKept)
    {
        var live = 0L;
        var target = new SmallTarget(variant.Name(), variant) { LiveBytes = () => Volatile.Read(ref live) };
        return new(target, new SmallFeed(async rows =>
        {
            Volatile.Write(ref live, isKept ? rows * Bytes : Bytes);
            await target.CollectionAsync();
            Volatile.Write(ref live, 0);
        }));
    }

    private static ProofSubject LossSubject(CaseVariant variant, SmallOutbox outbox)
        => new(new SmallTarget(variant.Name(), variant) { Kill = outbox.Kill, Restart = outbox.Restart }, outbox);
}
