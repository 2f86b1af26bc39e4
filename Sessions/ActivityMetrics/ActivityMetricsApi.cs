using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>The route of the counts of cart changes and page views.</summary>
internal static class ActivityMetricsApi
{
    private const string RangeError = "Both 'from' and 'to' are required; 'from' must be before 'to', by at most 7 days.";
    private const string SkuError = "Only cart changes are counted by product.";

    /// <summary>Maps <c>/activity</c>.</summary>
    public static void MapActivity(this IEndpointRouteBuilder routes)
        => routes.MapGroup("/activity").RequireCustomer()
            .MapGet("/{metric}", GetActivity).WithTags("Activity").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static Results<Ok<ActivityView>, ValidationProblem, ProblemHttpResult> GetActivity(
        string metric, [Required(ErrorMessage = RangeError)] DateTimeOffset? from, [Required(ErrorMessage = RangeError)] DateTimeOffset? to,
        [Sku] string? sku, HttpResponse response, CaseSwitch<IActivityMetrics> metrics, TimeProvider time)
    {
        if (!ActivityMetric.All.Contains(metric))
        {
            return TypedResults.Problem(title: "There is no such metric.",
                detail: $"The metrics: {string.Join(", ", ActivityMetric.All)}.", statusCode: StatusCodes.Status404NotFound);
        }
        if (from is not { } start || to is not { } end || start >= end || end - start > ActivityMetric.Retention)
            return Invalid("from", RangeError);
        if (sku is not null && metric != ActivityMetric.CartChanges)
            return Invalid("sku", SkuError);
        var oldest = time.GetUtcNow() - ActivityMetric.Retention;
        var reading = metrics.Current.Read(metric, sku, start < oldest ? oldest : start, end);
        if (reading.RetryAfter is { } retryAfter)
            return TooManySeries(response, retryAfter);
        return TypedResults.Ok(new ActivityView(metric, sku, start, end, reading.Points));
    }

    private static ValidationProblem Invalid(string field, string error)
        => TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [error] });

    private static ProblemHttpResult TooManySeries(HttpResponse response, TimeSpan retryAfter)
    {
        response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(title: "Too many products have counts of their own.",
            detail: "This one is counted in the total only. Another one makes room a week after its last activity.",
            statusCode: StatusCodes.Status429TooManyRequests);
    }
}
