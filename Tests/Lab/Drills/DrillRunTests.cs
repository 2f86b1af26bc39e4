using Microsoft.Extensions.Time.Testing;
using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Drills;

/// <summary>A drill from its start to its end.</summary>
public sealed class DrillRunTests
{
    private static readonly CaseStudy Retaining = CaseStudies.Find("DocumentEvents")!;
    private static readonly CaseStudy Other = CaseStudies.Find("PaymentPayload")!;
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void TheRightAnswerEndsTheDrillAndTellsTheCaseWithItsTrace()
    {
        var run = Start(Retaining);
        Assert.Equal(DrillVerdict.Right, run.Answer(AnswerOf(Retaining)));
        _time.Advance(TimeSpan.FromHours(1));

        var drill = run.Read();
        Assert.Equal((DrillState.Ended, 0d), (drill.State, drill.ElapsedSeconds));
        Assert.Equal((true, DrillScore.Highest), (drill.Result!.IsSolved, drill.Result.Score));
        Assert.Equal(new("documents", Retaining.Id, "singleton DocumentEventBus.DocumentProcessed", Retaining.RetentionPath, IsFound: true),
            Assert.Single(drill.Result.Cases));
    }

    [Fact]
    public void ACaseThatRetainsNothingHasNoRoot()
    {
        Assert.Equal(DrillVerdict.Right, Start(Other).Answer(new(Other.Service, Other.Id, DrillChoices.NoRoot)));
        Assert.Equal(DrillVerdict.Wrong, Start(Retaining).Answer(AnswerOf(Retaining) with { Root = DrillChoices.NoRoot }));
    }

    [Fact]
    public void AWrongAnswerIsCountedAndTellsNothing()
    {
        var run = Start(Retaining);
        Assert.Equal(DrillVerdict.Wrong, run.Answer(AnswerOf(CaseStudies.Find("DocumentCache")!)));
        Assert.Equal(DrillVerdict.Wrong, run.Answer(AnswerOf(Other)));

        var drill = run.Read();
        Assert.Equal((DrillState.On, 2), (drill.State, drill.WrongGuesses));
        Assert.Null(drill.Result);
        Assert.Empty(drill.Found!);
    }

    [Theory]
    [InlineData("nowhere", "DocumentEvents", "none")]
    [InlineData("orders", "DocumentEvents", "none")]
    [InlineData("documents", null, "none")]
    [InlineData("documents", "DocumentEvents", "static Something._else")]
    [InlineData("payments", "GcSettings", "none")]
    public void AnAnswerThatCannotBeChosenIsNoGuess(string service, string? study, string root)
    {
        var run = Start(Retaining);

        Assert.Equal(CommandLine.BadArguments, Assert.Throws<LabException>(() => run.Answer(new(service, study, root))).ExitCode);
        Assert.Equal(0, run.Read().WrongGuesses);
    }

    [Fact]
    public void OfTwoCasesEachIsFoundOnce()
    {
        var run = Start(Retaining, Other);
        Assert.Equal(DrillVerdict.Right, run.Answer(AnswerOf(Retaining)));
        Assert.Equal(DrillVerdict.Repeated, run.Answer(AnswerOf(Retaining)));
        var drill = run.Read();
        Assert.Equal((DrillState.On, 0), (drill.State, drill.WrongGuesses));
        Assert.Equal([Retaining.Id], drill.Found!);

        Assert.Equal(DrillVerdict.Right, run.Answer(AnswerOf(Other)));
        Assert.True(run.IsEnded);
    }

    [Fact]
    public void ADrillThatIsGivenUpHasNoPointsAndTellsWhatItWas()
    {
        var run = Start(Retaining, Other);
        run.Answer(AnswerOf(Other));
        run.GiveUp();

        var result = run.Read().Result!;
        Assert.Equal((false, 0), (result.IsSolved, result.Score));
        Assert.Equal([false, true], result.Cases.Select(solution => solution.IsFound));
        Assert.Throws<LabException>(() => run.Answer(AnswerOf(Retaining)));
    }

    [Fact]
    public void TimeWrongGuessesAndCollateralCostPoints()
    {
        var run = Start(Retaining);
        var running = Sample(_time.GetUtcNow().AddMinutes(-1));
        run.Observe(running with { Failures = 100 });
        _time.Advance(TimeSpan.FromMinutes(3.5));
        run.Answer(AnswerOf(Other));
        run.Observe(running with { Failures = 120 });
        run.Observe(Sample(_time.GetUtcNow()) with { Failures = 15 });
        run.Observe(Sample(_time.GetUtcNow()) with { Failures = 15 });
        run.Answer(AnswerOf(Retaining));

        var drill = run.Read();
        Assert.Equal((1, 1, 35), (drill.WrongGuesses, drill.Restarts, drill.Failures));
        Assert.Equal(100 - 3 - 10 - 5 - 3, drill.Result!.Score);
    }

    [Fact]
    public void AScoreIsNeverNegativeAndFailuresCostAtMostTwentyPoints()
    {
        Assert.Equal(0, DrillScore.Of(TimeSpan.FromHours(5), wrongGuesses: 20, restarts: 9, failures: 1_000));
        Assert.Equal(80, DrillScore.Of(TimeSpan.Zero, wrongGuesses: 0, restarts: 0, failures: 1_000_000_000));
    }

    [Fact]
    public void EachCaseHasItsRootAmongThoseOfItsService()
        => Assert.All(CaseStudies.All.Where(study => study.Variants.Count > 0),
            study => Assert.Equal(study, DrillChoices.Require(AnswerOf(study))));

    private DrillRun Start(params CaseStudy[] cases) => new(new(Level: 1, Seed: 1, cases), _time);

    private static DrillAnswer AnswerOf(CaseStudy study) => new(study.Service, study.Id, DrillChoices.RootOf(study));

    private static LiveSample Sample(DateTimeOffset started)
        => new("one", 1, started, started, null, [0, 0, 0, 0, 0], 0, 0, [0, 0, 0], 0, 0, 0, 0, null, null, 0, []);
}
