using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Documents.Imaging;

namespace Shop.Documents;

/// <summary>Bounds the requests that hold an image at a time, each at most 10 MB, and within them those that decode one.</summary>
internal static class ImageLimits
{
    private const string Policy = "images";
    private const int Concurrent = 8;
    private const int Waiting = 128;
    private const string RetryAfterSeconds = "2";

    public static void AddImageLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ContentBuffers>().AddSingleton<ImageDecoder>().AddScoped<DocumentImages>();
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
        // A client that sends or receives more slowly than this would hold a permit for hours.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var slowest = new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (slowest, slowest);
        });
    }

    /// <summary>A request to the route holds a permit while it works on an image.</summary>
    public static RouteHandlerBuilder LimitImages(this RouteHandlerBuilder route) => route.RequireRateLimiting(Policy);
}
