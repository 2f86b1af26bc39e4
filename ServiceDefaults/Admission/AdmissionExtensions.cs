using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Admission;

/// <summary>
/// Admission control: a service that is offered more than it can do answers 503 with Retry-After at once, instead of ever later and
/// with ever more memory. A route is exempt by <c>DisableRateLimiting</c>: health, metrics, the lab, and what lasts as long as its client.
/// </summary>
public static class AdmissionExtensions
{
    private const string Problem = "The service is busy.";
    private static readonly MinDataRate MinDataRate = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>
    /// Admits requests. Call it before the middleware that calls other services, so that what waits for them is bounded too.
    /// </summary>
    public static void UseAdmission(this WebApplication app) => app.UseRateLimiter();

    /// <summary>Admits the route's requests as a group of their own.</summary>
    public static RouteHandlerBuilder AdmitAs(this RouteHandlerBuilder route, AdmissionGroup group) => route.WithMetadata(group);

    /// <summary>Adds the limiter that <see cref="UseAdmission"/> asks.</summary>
    internal static void AddAdmission(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AdmissionOptions>()
            .BindConfiguration(AdmissionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<AdmissionOptions>, TimeProvider>(Configure);
        // A slower client could hold a place for hours.
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (MinDataRate, MinDataRate));
    }

    private static void Configure(RateLimiterOptions limiter, IOptions<AdmissionOptions> options, TimeProvider time)
    {
        var others = new AdmissionGroup("others", options.Value.Concurrent, options.Value.Queued, options.Value.MaxWait);
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, AdmissionGroup>(context => RateLimitPartition.Get(
            context.GetEndpoint()?.Metadata.GetMetadata<AdmissionGroup>() ?? others, group => new AdmissionLimiter(group, time)));
        limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        limiter.OnRejected = RefuseAsync;
    }

    private static async ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        refused.HttpContext.Response.Headers.RetryAfter
            = UnavailableException.DefaultRetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await TypedResults.Problem(title: Problem, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
    }
}
