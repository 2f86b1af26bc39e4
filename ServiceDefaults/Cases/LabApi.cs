using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Forecast;
using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>The lab's routes on each service: switch and reset cases, collect garbage, read settings and statistics.</summary>
public static class LabApi
{
    private const int MaxPasses = 8;

    /// <summary>Maps <c>/lab</c>, protected by the lab key.</summary>
    public static RouteGroupBuilder MapLab(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/lab").RequireLabKey().ExcludeFromDescription().DisableHttpMetrics().DisableRateLimiting();
        group.MapGet("/cases", GetCases);
        group.MapPut("/cases/{id}", SwitchCase);
        group.MapPost("/cases/{id}/reset", ResetCase);
        group.MapPost("/collect", Collect);
        group.MapDrill();
        group.MapCaches();
        group.MapGet("/settings", (IEnumerable<CaseStudy> studies) => TypedResults.Ok(SettingsView.Of(studies)));
        group.MapGet("/live", (LiveSampler sampler, CancellationToken cancellation) =>
            TypedResults.ServerSentEvents(sampler.ReadAsync(cancellation)));
        if (routes.ServiceProvider.GetService<HeapTrend>() is { } trend)
            group.MapGet("/forecast", () => TypedResults.Ok(
                new ForecastView(ProcessView.InstanceName, trend.Forecast, trend.Last, HeapTrend.LimitBytes)));
        group.MapGet("/process", () => TypedResults.Ok(ProcessView.Read()));
        return group;
    }

    private static Ok<CaseView[]> GetCases(IEnumerable<ICaseSwitch> switches) => TypedResults.Ok(switches.Select(CaseView.Of).ToArray());

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> SwitchCase(
        string id, SwitchRequest request, IEnumerable<ICaseSwitch> switches, CaseFlags flags, CancellationToken cancellation)
    {
        if (Find(switches, id) is not { } @case)
            return UnknownCase(id, switches);
        if (CaseVariants.Parse(request.Variant) is not { } variant || !@case.Study.Variants.Contains(variant))
            return UnknownVariant(request.Variant, @case.Study);
        try
        {
            if (!await flags.TrySwitchAsync(@case.Study, variant, cancellation))
                return DrillApi.IsOn();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new UnavailableException("The store of the case flags does not respond; nothing was changed.", exception);
        }
        return TypedResults.Ok(CaseView.Of(@case));
    }

    private static async Task<Results<Ok<ResetView>, ProblemHttpResult>> ResetCase(
        string id, IEnumerable<ICaseSwitch> switches, CaseStore store)
    {
        if (Find(switches, id) is not { } @case)
            return UnknownCase(id, switches);
        if (@case.IsHidden)
            return DrillApi.IsOn();
        var held = @case.HeldItems;
        @case.Reset();
        try
        {
            await store.PublishResetAsync(@case.Study);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new UnavailableException("This instance was reset, but the other replicas could not be notified.", exception);
        }
        return TypedResults.Ok(new ResetView(@case.Study.Id, held, @case.HeldItems));
    }

    // The second pass frees the objects that the finalizers of the first released.
    private static Results<Ok<CollectView>, ProblemHttpResult> Collect(CollectCount collects, InducedCollections induced, int passes = 2)
    {
        if (passes is < 1 or > MaxPasses)
            return OutOfRange(passes);
        collects.Add();
        var before = GC.GetTotalMemory(forceFullCollection: false);
        for (var pass = 0; pass < passes; pass++)
        {
            induced.Collect(compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return TypedResults.Ok(new CollectView(ProcessView.InstanceName, before, GC.GetTotalMemory(forceFullCollection: false)));
    }

    private static ProblemHttpResult OutOfRange(int passes) => TypedResults.Problem(
        title: "The number of passes is out of range.",
        detail: $"passes is {passes}; it can be from 1 to {MaxPasses}.",
        statusCode: StatusCodes.Status400BadRequest);

    private static ICaseSwitch? Find(IEnumerable<ICaseSwitch> switches, string id)
        => switches.FirstOrDefault(@case => @case.Study.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult UnknownCase(string id, IEnumerable<ICaseSwitch> switches) => TypedResults.Problem(
        title: "This service has no such case.",
        detail: $"'{id}' is none of its cases: {string.Join(", ", switches.Select(@case => @case.Study.Id))}.",
        statusCode: StatusCodes.Status400BadRequest);

    private static ProblemHttpResult UnknownVariant(string? variant, CaseStudy study) => TypedResults.Problem(
        title: "The case has no such variant.",
        detail: $"'{variant}' is none of the variants of {study.Id}: {string.Join(", ", study.Variants.Select(CaseVariants.Name))}.",
        statusCode: StatusCodes.Status400BadRequest);
}
