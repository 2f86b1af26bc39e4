using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shop.Documents;

/// <summary>Bounds the requests that hold an image at a time: each may rent 16 MB and take a core for a second.</summary>
internal static class ImageLimits
{
    private const string Policy = "images";
    private const int Concurrent = 8;
    private const int Waiting = 128;
    private const string RetryAfterSeconds = "2";

    public static void AddImageLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Policy, options => (options.PermitLimit, options.QueueLimit) = (Concurrent, Waiting));
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ValueTask.CompletedTask;
            };
        });
        // Who sends or takes slower than this would keep one of the places for hours.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var slowest = new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (slowest, slowest);
        });
    }

    /// <summary>The route takes a place while it works on an image.</summary>
    public static RouteHandlerBuilder LimitImages(this RouteHandlerBuilder route) => route.RequireRateLimiting(Policy);
}
