using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Drills;

/// <summary>The drill of the page's server, with one server in the place of the four services.</summary>
[Part(Part.Quick)]
public sealed class DrillSessionTests : IAsyncLifetime
{
    private const string Case = "OrderEvents";
    private readonly WebApplication _services;
    private LabClient? _lab;
    private DrillSession? _session;
    private string _variant = "Fixed";
    private IReadOnlyList<string?>? _leaky;
    private bool _isTold = true;
    private bool _canEnd = true;

    public DrillSessionTests() => _services = CreateServices();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DrillSession Session => _session!;

    public async ValueTask InitializeAsync()
    {
        await _services.StartAsync(Cancellation);
        var command = new System.CommandLine.Command("addresses");
        var read = ShopAddresses.AddOptions(command);
        var addresses = read(command.Parse([.. ShopAddresses.Names.SelectMany(name => new[] { $"--{name}", _services.Urls.Single() })]));
        _lab = new LabClient(addresses, "key");
        _session = new DrillSession(_lab, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _session!.Dispose();
        _lab!.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task ADrillIsStartedOnceAndItsEndRestoresTheServices()
    {
        await StartAsync();
        Assert.Equal(("Hidden", DrillState.On), (_variant, Session.Read().State));
        Assert.Contains("A drill is on", (await Assert.ThrowsAsync<LabException>(StartAsync)).Message, StringComparison.Ordinal);

        var study = Drill.Pick(Drill.MinLevel, seed: 1).Cases.Single();
        var verdict = await Session.AnswerAsync(new(study.Service, study.Id, DrillChoices.RootOf(study)), Cancellation);
        Assert.Equal((DrillVerdict.Right, "Fixed"), (verdict, _variant));
        await StartAsync();
        Assert.Equal(DrillState.On, Session.Read().State);
    }

    /// <summary>The seed's cases of each level are what becomes Leaky, and the last one that is found ends the drill.</summary>
    [Theory]
    [MemberData(nameof(DrillTests.Levels), MemberType = typeof(DrillTests))]
    public async Task TheCasesOfTheLevelAreFoundOneAfterTheOther(int level)
    {
        await Session.StartAsync(level, seed: 1, Cancellation);
        var cases = Drill.Pick(level, seed: 1).Cases;
        Assert.Equal(cases.Select(study => study.Id), _leaky);
        foreach (var study in cases)
        {
            Assert.Equal(("Hidden", DrillState.On), (_variant, Session.Read().State));
            var verdict = await Session.AnswerAsync(new(study.Service, study.Id, DrillChoices.RootOf(study)), Cancellation);
            Assert.Equal(DrillVerdict.Right, verdict);
        }
        Assert.Equal(("Fixed", DrillState.Ended, true), (_variant, Session.Read().State, Session.Read().Result!.IsSolved));
    }

    /// <summary>The cases are still Leaky: the page must say so, and the drill can be ended again.</summary>
    [Fact]
    public async Task AnEndThatReachesNoServiceIsToldAndCanBeRepeated()
    {
        await StartAsync();
        _canEnd = false;
        Assert.Contains("still Leaky", (await Assert.ThrowsAsync<LabException>(EndAsync)).Message, StringComparison.Ordinal);
        Assert.Contains("still Leaky", Session.Read().Unrestored, StringComparison.Ordinal);

        _canEnd = true;
        await EndAsync();
        Assert.Null(Session.Read().Unrestored);
        Assert.Equal("Fixed", _variant);
    }

    [Fact]
    public async Task AStartThatIsInterruptedLeavesNoDrill()
    {
        _isTold = false;
        using var left = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        left.CancelAfter(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Session.StartAsync(1, 1, left.Token));

        Assert.Equal(("Fixed", DrillState.Off), (_variant, Session.Read().State));
    }

    [Theory]
    [InlineData("Leaky", "OrderEvents is Leaky")]
    [InlineData("Hidden", "did not start")]
    public async Task ADrillNeedsEveryCaseToBeFixed(string variant, string reason)
    {
        _variant = variant;
        Assert.Contains(reason, (await Assert.ThrowsAsync<LabException>(StartAsync)).Message, StringComparison.Ordinal);

        Assert.Equal((variant, DrillState.Off), (_variant, Session.Read().State));
    }

    [Fact]
    public async Task ADrillOfOthersIsKnownByTheSamplesAndTheOwnOneIsNot()
    {
        Assert.True(Session.IsForeign([Sample("Hidden", DateTimeOffset.UtcNow)]));
        Assert.False(Session.IsForeign([Sample("Fixed", DateTimeOffset.UtcNow)]));
        await StartAsync();
        Assert.False(Session.IsForeign([Sample("Hidden", DateTimeOffset.UtcNow)]));
        await EndAsync();

        // The last samples are from before the end.
        Assert.False(Session.IsForeign([Sample("Hidden", DateTimeOffset.UtcNow)]));
        Assert.True(Session.IsForeign([Sample("Hidden", DateTimeOffset.UtcNow.AddMinutes(1))]));
    }

    [Fact]
    public async Task ThereIsNothingToAnswerWithoutADrill()
        => await Assert.ThrowsAsync<LabException>(() => Session.AnswerAsync(new("orders", Case, DrillChoices.NoRoot), Cancellation));

    private static LiveSample Sample(string variant, DateTimeOffset time)
        => new("one", 1, time, time, null, [0, 0, 0, 0, 0], 0, 0, [0, 0, 0], 0, 0, 0, 0, null, null, 0,
            [new(Case, variant, null, Tripped: false, Resets: 0)]);

    private Task StartAsync() => Session.StartAsync(Drill.MinLevel, seed: 1, Cancellation);

    private Task EndAsync() => Session.EndAsync(Cancellation);

    private WebApplication CreateServices()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/lab/cases", () => new[] { new CaseState(Case, _isTold ? _variant : "Fixed", null, null, false, "one") });
        app.MapPut("/lab/drill", (DrillRequest request) =>
        {
            (_variant, _leaky) = ("Hidden", request.Cases);
            return TypedResults.NoContent();
        });
        app.MapDelete("/lab/drill", IResult () =>
        {
            if (!_canEnd)
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            _variant = "Fixed";
            return TypedResults.NoContent();
        });
        return app;
    }
}
