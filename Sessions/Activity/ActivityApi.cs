using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.Activity;

/// <summary>The route of the counts of cart changes and page views.</summary>
internal static class ActivityApi
{
    private const string RangeError = "Both 'from' and 'to' are required; 'from' must be before 'to', by at most 7 days.";

    /// <summary>Registers the counts.</summary>
    public static void AddActivity(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<ActivityCounts>();

    /// <summary>Maps <c>/activity</c>.</summary>
    public static void MapActivity(this IEndpointRouteBuilder routes)
        => routes.MapGroup("/activity").RequireCustomer()
            .MapGet("/{metric}", GetActivity).WithTags("Activity").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ActivityView>, ValidationProblem, ProblemHttpResult>> GetActivity(
        string metric, [Required(ErrorMessage = RangeError)] DateTimeOffset? from, [Required(ErrorMessage = RangeError)] DateTimeOffset? to,
        ActivityCounts activity, CancellationToken cancellation)
    {
        if (!ActivityMetric.All.Contains(metric))
        {
            return TypedResults.Problem(title: "There is no such metric.",
                detail: $"The metrics: {string.Join(", ", ActivityMetric.All)}.", statusCode: StatusCodes.Status404NotFound);
        }
        if (from is not { } start || to is not { } end || start >= end || end - start > ActivityCounts.Retention)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                ["from"] = [RangeError],
            });
        }
        return TypedResults.Ok(new ActivityView(metric, start, end, await activity.ReadAsync(metric, start, end, cancellation)));
    }
}
