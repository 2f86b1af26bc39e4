using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>What a service tells of a case while a drill hides it.</summary>
[Part(Part.Quick)]
public sealed class DrillHidingTests : IAsyncLifetime
{
    private const int FuseItems = 3;
    private readonly WebApplication _app = CreateApp();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CaseSwitch<IDocumentEvents> Switch => _app.Services.GetRequiredService<CaseSwitch<IDocumentEvents>>();

    public async ValueTask InitializeAsync()
    {
        _app.Services.GetRequiredService<CaseMetrics>();
        await _app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public void TheRoutesAndSamplesTellNeitherVariantNorHeldItemsNorTheFuse()
    {
        LeakHidden();

        Assert.Equal(("Hidden", null, false), StateOf(CaseSample.Of(Switch)));
        var view = CaseView.Of(Switch);
        Assert.Equal(("Hidden", null, false), (view.Variant, view.HeldItems, view.Tripped));
        Switch.IsHidden = false;
        Assert.Equal(("Leaky", FuseItems + 1, true), StateOf(CaseSample.Of(Switch)));
    }

    [Fact]
    public void ASpanHasNoVariant()
    {
        using var span = new Activity("test");
        LeakHidden();
        CaseFeeds.Tag(span, Switch);
        Assert.Empty(span.TagObjects);

        Switch.IsHidden = false;
        CaseFeeds.Tag(span, Switch);
        Assert.Equal("Leaky", span.GetTagItem(Switch.SpanAttribute));
    }

    [Fact]
    public void TheProblemOfATrippedFuseDoesNotNameTheCase()
    {
        LeakHidden();
        var problem = Assert.IsType<ProblemHttpResult>(Switch.FuseProblem());

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, problem.StatusCode);
        Assert.DoesNotContain(Switch.Study.Id, $"{problem.ProblemDetails.Title} {problem.ProblemDetails.Detail}", StringComparison.Ordinal);
    }

    /// <summary>A last value that were repeated would be false.</summary>
    [Fact]
    public async Task TheMetricsHaveNoSeriesOfACase()
    {
        await SeriesAsync(names => names.Contains("shop_case_variant") && names.Contains("shop_case_held"));
        LeakHidden();
        await SeriesAsync(names => names.Count == 0);

        Switch.IsHidden = false;
        await SeriesAsync(names => names.Contains("shop_case_variant") && names.Contains("shop_case_held"));
    }

    /// <summary>A drill is solved with them, so they are there, and of the whole process.</summary>
    [Fact]
    public async Task TheMemoryMetricsDoNotNameTheCase()
    {
        LeakHidden();
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        string[] prefixes = ["shop_memory_", "shop_request_"];
        var lines = (await client.GetStringAsync("/metrics", Cancellation)).Split('\n')
            .Where(line => prefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal))).ToList();

        Assert.Contains(lines, line => line.StartsWith("shop_memory_verdict{", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Switch.Study.Id, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task TheLogOfAFuseDoesNotNameTheCase()
    {
        Leak();
        Switch.IsHidden = true;
        var time = new FakeTimeProvider();
        using var log = new LogRecorder();
        using var logs = new LoggerFactory([log]);
        using var fuse = new CaseFuse([Switch], _app.Services.GetRequiredService<CaseMetrics>(), time, logs.CreateLogger<CaseFuse>());
        await fuse.StartAsync(Cancellation);
        await Eventually.ReadAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(log.Lines.Count);
        }, lines => lines > 0, "the fuse to trip");
        await fuse.StopAsync(Cancellation);

        Assert.True(Switch.IsTripped);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Switch.Study.Id, StringComparison.Ordinal));
    }

    /// <summary>Collections of one service alone would name it.</summary>
    [Fact]
    public void EveryServiceCollectsWhileADrillIsOn()
    {
        Assert.False(FullCollections.AreNeeded([Switch]));
        Switch.IsHidden = true;
        Assert.True(FullCollections.AreNeeded([Switch]));
    }

    // The exporter caches its answer for a moment.
    private async Task SeriesAsync(Func<HashSet<string>, bool> isDone)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await Eventually.ReadAsync(async () => (await client.GetStringAsync("/metrics", Cancellation)).Split('\n')
            .Where(line => line.StartsWith("shop_case_", StringComparison.Ordinal)).Select(line => line.Split('{')[0]).ToHashSet(),
            isDone, "the series of cases", TimeSpan.FromSeconds(10));
    }

    private void LeakHidden()
    {
        Switch.IsHidden = true;
        Leak();
        Assert.True(Switch.TestFuse());
    }

    private void Leak()
    {
        Switch.Select(CaseVariant.Leaky);
        for (var index = 0; index < FuseItems + 1; index++)
            Assert.True(Switch.Current.TraceAsync(new DefaultHttpContext(), _ => Task.CompletedTask).IsCompletedSuccessfully);
    }

    private static (string Variant, long? HeldItems, bool Tripped) StateOf(CaseSample sample)
        => (sample.Variant, sample.HeldItems, sample.Tripped);

    private static WebApplication CreateApp()
    {
        var application = typeof(IDocumentEvents).Assembly.GetName().Name;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = application });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults();
        builder.Configuration.AddInMemoryCollection([new($"Cases:{DocumentEventsCase.Study.Id}:FuseItems", $"{FuseItems}")]);
        builder.Services.AddSingleton<CaseMetrics>();
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
