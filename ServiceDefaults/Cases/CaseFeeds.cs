using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Tags the span of a request with the variants of the cases that its route feeds, and responds with 503 while the fuse of one is tripped.
/// </summary>
internal sealed class CaseFeeds(RequestDelegate next, IEnumerable<ICaseSwitch> switches)
{
    private readonly Dictionary<string, ICaseSwitch> _switches = switches.ToDictionary(@case => @case.Study.Id);

    public Task InvokeAsync(HttpContext context)
    {
        IResult? problem = null;
        foreach (var feed in context.GetEndpoint()?.Metadata.GetOrderedMetadata<CaseFeed>() ?? [])
        {
            var @case = _switches[feed.Case];
            Tag(context.Features.Get<IHttpActivityFeature>()?.Activity, @case);
            problem ??= @case.FuseProblem();
        }
        return problem is null ? next(context) : problem.ExecuteAsync(context);
    }

    /// <summary>Adds the active variant of a case to a span, unless a drill hides it.</summary>
    public static void Tag(Activity? span, ICaseSwitch @case)
    {
        var variant = @case.Variant;
        // Asked last: the case may have been hidden and switched meanwhile.
        if (!@case.IsHidden)
            span?.SetTag(@case.SpanAttribute, variant.Name());
    }
}
