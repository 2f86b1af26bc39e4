using System.Net;
using Shop.Lab;
using Shop.Lab.Overload;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Defaults;

namespace Shop.Tests.Lab.Overload;

/// <summary>What is claimed of a service that is offered ten times what it can do, and how it is counted.</summary>
public sealed class OverloadTests
{
    private const int Fine = 200;
    private const int Refused = 503;
    private static readonly TimeSpan Unloaded = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 2.9, Fine, null, Fine, Refused, 429)]
    [InlineData(true, 2.9, Fine, null, Fine, 202)]
    // Longer than three times, no success, a failure, no answer; then it does not serve, and has ended.
    [InlineData(false, 3.1, Fine, null, Fine, Refused)]
    [InlineData(false, 2.9, Fine, null, Refused)]
    [InlineData(false, 2.9, Fine, null, Fine, 500)]
    [InlineData(false, 2.9, Fine, null, Fine, 404)]
    [InlineData(false, 2.9, Fine, null, Fine, Answers.None)]
    [InlineData(false, 2.9, Refused, null, Fine, Refused)]
    [InlineData(false, 2.9, Fine, 134, Fine, Refused)]
    public void TheClaimHoldsForAServiceThatOnlyRefusesAndStaysFast(
        bool holds, double ratio, int after, int? exitCode, params int[] statuses)
        => Assert.Equal(holds, Result("Fixed", ratio, after, exitCode, statuses).Holds);

    [Theory]
    [InlineData(CommandLine.Done, 2, 9)]
    [InlineData(CommandLine.Failed, 2, 2)]
    [InlineData(CommandLine.Failed, 9, 9)]
    [InlineData(CommandLine.Failed, 9, 2)]
    public void TheCommandSucceedsIfFixedHoldsAndLeakyDoesNot(int exitCode, double @fixed, double leaky)
        => Assert.Equal(exitCode, OverloadCommand.ExitCodeOf(
            [Result("Fixed", @fixed, Fine, null, Fine), Result("Leaky", leaky, Fine, null, Fine)]));

    [Fact]
    public void ARowShowsWhatWasMeasured()
    {
        var cells = OverloadTable.Cells(Result("Leaky", 9, Answers.None, 134, Fine, Answers.None, Answers.None));

        Assert.Equal(("Leaky", "100", "50.0", "none: 2, 200: 1"), (cells[0], cells[1], cells[2], cells[3]));
        Assert.Equal(["none", "134", "breached"], cells[6..]);
        Assert.Equal("ended", OverloadTable.Cells(Result("Leaky", 9, Answers.None, -1, Fine))[7]);
        Assert.Equal("runs", OverloadTable.Cells(Result("Fixed", 2, Fine, null, Fine))[7]);
    }

    [Fact]
    public async Task EachOfferedRequestIsCountedByItsAnswerWhateverTheOthersDo()
    {
        using var service = new StubHandler((count, _) => (count % 3) switch
        {
            0 => StubHandler.Respond(HttpStatusCode.OK),
            1 => StubHandler.Respond(HttpStatusCode.ServiceUnavailable),
            _ => StubHandler.Refuse(),
        });
        using var http = new HttpMessageInvoker(service, disposeHandler: false);
        var requests = new OfferedRequests(http, () => new(HttpMethod.Get, "http://service.test/"), TimeProvider.System);
        var answers = await requests.OfferAsync(1_000, TimeSpan.FromSeconds(0.3), Cancellation);

        Assert.Equal(service.Count, answers.Counts.Values.Sum());
        Assert.Equal([Answers.None, Fine, Refused], answers.Counts.Keys.Order());
        Assert.Equal(answers.Counts[Fine], answers.Accepted);
        Assert.False(answers.AreOrderly);
    }

    [Fact]
    public void TheHeapIsLimitedTo200MiB()
    {
        var (name, limit) = Assert.Single(OverloadRun.PlanOf(CaseVariant.Leaky).Variables);

        Assert.Equal(("DOTNET_GCHeapHardLimit", 200L * 1024 * 1024), (name, Convert.ToInt64(limit, 16)));
    }

    private static OverloadResult Result(string variant, double ratio, int after, int? exitCode, params int[] statuses)
    {
        var answers = new Answers();
        foreach (var status in statuses)
            answers.Add(status, ratio * Unloaded);
        return new(variant, Unloaded, Rate: 50, answers, after, exitCode);
    }
}
