using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Orders.OrderEvents;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab;

/// <summary>The report's verdict on an article's claim.</summary>
public sealed class VerdictTests
{
    private static readonly Interval Same = new(1, 0.98, 1.02);

    [Theory]
    [InlineData(1.5, "confirmed; the published fix is wrong")]
    [InlineData(1.0, "confirmed, but not slower; the published fix is wrong")]
    [InlineData(0.5, "confirmed, but not slower; the published fix is wrong")]
    public void AClaimOfSlownessRequiresASlowerLeaky(double ratio, string verdict)
        => Assert.Equal(verdict, Result(PaymentPayloadCase.Study, nameof(Finding.Grows), ratio).Verdict);

    [Theory]
    [InlineData(nameof(Finding.Grows), "confirmed; the published fix is wrong", true)]
    [InlineData(nameof(Finding.Flat), "not as catalogued", false)]
    [InlineData(nameof(Finding.Inconclusive), "inconclusive", false)]
    public void LeakyMustGrow(string finding, string verdict, bool proven)
    {
        var result = Result(OrderEventsCase.Study, finding, ratio: 1);

        Assert.Equal((verdict, proven), (result.Verdict, result.IsProven));
    }

    private static CaseResult Result(CaseStudy study, string finding, double ratio)
    {
        var leaky = new VariantResult("Leaky", Same, Enum.Parse<Finding>(finding), Finding.Grows, new Dictionary<string, string>(), []);
        return new(study, [leaky], new(new(ratio, ratio - 0.02, ratio + 0.02), Same), 1);
    }
}
