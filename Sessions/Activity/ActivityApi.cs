using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Store;

namespace Shop.Sessions.Activity;

/// <summary>The counts that were asked for; minutes without any are left out.</summary>
internal sealed record ActivityView(string Metric, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ActivityPoint> Points);

/// <summary>Cart and page-view counts.</summary>
internal static class ActivityApi
{
    /// <summary>Registers the counts.</summary>
    public static void AddActivity(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<ActivityCounts>();

    /// <summary>Maps <c>/activity</c>.</summary>
    public static void MapActivity(this IEndpointRouteBuilder routes)
        => routes.MapGet("/activity/{metric}", GetActivity).WithTags("Activity");

    private static async Task<IResult> GetActivity(string metric, DateTimeOffset from, DateTimeOffset to, HttpContext context,
        SessionStore sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        var session = context.Request.Headers[SessionIds.Header].ToString();
        if (!SessionIds.IsWellFormed(session) || !await sessions.TouchAsync(session, cancellation))
            return SessionGuard.Unauthorized();
        if (!ActivityMetric.All.Contains(metric))
            return TypedResults.Problem(title: "There is no such metric.", detail: $"The metrics: {string.Join(", ", ActivityMetric.All)}.", statusCode: StatusCodes.Status404NotFound);
        if (from >= to || to - from > ActivityCounts.Retention)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["from"] = ["Earlier than 'to', by at most 7 days."] });
        return TypedResults.Ok(new ActivityView(metric, from, to, await activity.ReadAsync(metric, from, to, cancellation)));
    }
}
