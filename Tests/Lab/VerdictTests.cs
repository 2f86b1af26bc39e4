using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Orders.OrderEvents;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab;

/// <summary>The report's verdict: what this run says of the claim, the variants and the published fix.</summary>
public sealed class VerdictTests
{
    private static readonly Interval Same = new(1, 0.98, 1.02);

    [Theory]
    [InlineData(1.5, "confirmed")]
    [InlineData(1.0, "confirmed, but not slower")]
    [InlineData(0.5, "confirmed, but not slower")]
    public void AClaimOfSlownessRequiresASlowerLeaky(double ratio, string claim)
        => Assert.Equal(
            $"{claim}; Fixed bounded; 1 of 1 defects of the published fix shown",
            Result(PaymentPayloadCase.Study, Finding.Grows, ratio, hasPassed: true).Verdict);

    [Theory]
    [InlineData(nameof(Finding.Grows), "confirmed; Fixed bounded", true)]
    [InlineData(nameof(Finding.Flat), "not as catalogued", false)]
    [InlineData(nameof(Finding.Inconclusive), "inconclusive", false)]
    public void LeakyMustGrow(string finding, string growth, bool proven)
    {
        var result = Result(OrderEventsCase.Study, Enum.Parse<Finding>(finding), ratio: 1, hasPassed: true);

        Assert.Equal(($"{growth}; 1 of 1 defects of the published fix shown", proven), (result.Verdict, result.IsProven));
    }

    [Theory]
    [InlineData(false, "confirmed; Fixed bounded; 0 of 1 defects of the published fix shown")]
    [InlineData(null, "confirmed; Fixed bounded; no test of the published fix ran")]
    public void EachDefectMustBeShown(bool? hasPassed, string verdict)
    {
        var result = Result(OrderEventsCase.Study, Finding.Grows, ratio: 1, hasPassed);

        Assert.Equal((verdict, false), (result.Verdict, result.IsProven));
    }

    [Theory]
    [InlineData(71, true)]
    [InlineData(129, true)]
    [InlineData(69, false)]
    [InlineData(131, false)]
    public void AMeasuredValueMayDifferFromTheCataloguesBy30Percent(double measured, bool agrees)
        => Assert.Equal(agrees, new Retained(100, typeof(VerdictTests)).Agrees(measured));

    [Theory]
    [InlineData("static A._items", true, "static A._items → Item")]
    [InlineData("static A._items", false, "static B._items → Item")]
    [InlineData("static A._items", false)]
    [InlineData("static A._items", false, "static A._items → Item", "static B._items")]
    [InlineData(null, true)]
    [InlineData(null, false, "static B._items")]
    public void TheDiagnosisMustNameTheCataloguesRootAndNothingElse(string? expected, bool isAsCatalogued, params string[] found)
        => Assert.Equal(
            isAsCatalogued,
            new VariantResult("Leaky", Same, Finding.Grows, Finding.Grows) { Roots = new(found, expected) }.IsAsCatalogued);

    private static CaseResult Result(CaseStudy study, Finding leaky, double ratio, bool? hasPassed)
    {
        VariantResult[] variants = [new("Leaky", Same, leaky, Finding.Grows), new("Fixed", Same, Finding.Flat, Finding.Flat)];
        DefectTest[] defects = hasPassed is { } passed ? [new("OrderEventsTests.AnOrdersEventsAreBounded", passed)] : [];
        return new(study, variants, new(new(ratio, ratio - 0.02, ratio + 0.02), Same), defects, Seconds: 1, Measured: default);
    }
}
