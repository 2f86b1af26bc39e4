using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The behaviour of the variants, which of them retain traces, and the defects of Published.</summary>
public sealed class DocumentEventsTests : RetainedContract
{
    private protected override IDocumentEvents Current => Services.GetRequiredService<CaseSwitch<IDocumentEvents>>().Current;

    private DocumentEventBus Bus => Services.GetRequiredService<DocumentEventBus>();

    /// <summary>The requests in flight.</summary>
    private protected override long Bound => Concurrency;

    private protected override bool IsFilled => false;

    [Theory, Variants]
    public async Task AnEventAfterTheRequestDoesNotReachItsTrace(CaseVariant variant)
    {
        Switch.Select(variant);
        var trace = await Current.TraceAsync(Request("r1"), Publishes("preview"));
        Bus.Publish(Event("r1", "late"));

        Assert.Single(trace.Events);
    }

    /// <summary>Overlapping requests receive each other's events.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 2)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task EachRequestReceivesOnlyItsOwnEvents(CaseVariant variant, int eventsInTheOuterTrace)
    {
        Switch.Select(variant);
        var outer = await Current.TraceAsync(Request("outer"), async outerContext =>
        {
            await Current.TraceAsync(Request("inner"), Publishes("inner"));
            await Publishes("outer")(outerContext);
        });

        Assert.Equal(eventsInTheOuterTrace, outer.Events.Count);
        Assert.Equal(eventsInTheOuterTrace == 1, outer.Events.All(e => e.RequestId == "outer"));
    }

    /// <summary>The allocations of a request grow with the requests in flight.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task TheAllocationsOfARequestDoNotDependOnTheRequestsInFlight(CaseVariant variant, bool growsWithRequestsInFlight)
    {
        Switch.Select(variant);
        var end = new TaskCompletionSource();
        await AllocatedByOneRequest();
        var alone = await AllocatedByOneRequest();
        var inFlight = Enumerable.Range(0, 2_000).Select(index => Current.TraceAsync(Request($"open{index}"), _ => end.Task)).ToArray();
        var amongMany = await AllocatedByOneRequest();
        end.SetResult();
        await Task.WhenAll(inFlight);

        // A copied list of 2,000 handlers has 16,000 bytes; without the copy the two values differ by less than 1,000.
        Assert.Equal(growsWithRequestsInFlight, amongMany - alone > 8_000);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task OnlyLeakyRetainsTheTraceOfAFailedRequest(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Current.TraceAsync(Request("r1"), _ => throw new InvalidOperationException()));

        Assert.Equal(held, Switch.HeldItems);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder) => cases.Add<DocumentEventsCase>();

    /// <summary>A request is traced with its headers and its events.</summary>
    private protected override async Task BehaveAsync()
    {
        var trace = await Current.TraceAsync(Request("r1"), Publishes("thumbnail"));

        Assert.Equal("GET /documents/r1", trace.Target);
        Assert.Equal("session", trace.RequestHeaders["X-Session-Id"]);
        Assert.Equal("thumbnail", Assert.Single(trace.Events).Operation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
        => new(await Current.TraceAsync(Request($"{Guid.NewGuid()}"), Publishes("content")));

    private protected override long ItemsAfterOneOperation(CaseVariant variant) => variant == CaseVariant.Leaky ? 1 : 0;

    private static DefaultHttpContext Request(string id)
    {
        var context = new DefaultHttpContext { TraceIdentifier = id };
        context.Request.Method = "GET";
        context.Request.Path = $"/documents/{id}";
        context.Request.Headers["X-Session-Id"] = "session";
        return context;
    }

    private RequestDelegate Publishes(string operation) => context =>
    {
        Bus.Publish(Event(context.TraceIdentifier, operation));
        return Task.CompletedTask;
    };

    private static DocumentProcessed Event(string requestId, string operation) => new(requestId, null, operation, 0, TimeSpan.Zero);

    private async Task<long> AllocatedByOneRequest()
    {
        var context = Request("measured");
        var before = GC.GetAllocatedBytesForCurrentThread();
        await Current.TraceAsync(context, _ => Task.CompletedTask);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
