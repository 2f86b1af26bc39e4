using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Documents.Imaging;

namespace Shop.Documents;

/// <summary>Limits the number of concurrent requests that hold an image, each of at most 10 MB, and of those that decode one.</summary>
internal static class ImageLimits
{
    private const string Policy = "images";
    private const int Concurrent = 8;
    private const int QueueLimit = 128;
    private const string RetryAfterSeconds = "2";

    public static void AddImageLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ContentBuffers>().AddSingleton<ImageDecoder>().AddScoped<DocumentImages>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Policy, options => (options.PermitLimit, options.QueueLimit) = (Concurrent, QueueLimit));
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ValueTask.CompletedTask;
            };
        });
        // A slower client could hold a permit for hours.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var minDataRate = new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (minDataRate, minDataRate);
        });
    }

    /// <summary>Makes each request to the route acquire a permit.</summary>
    public static RouteHandlerBuilder LimitImages(this RouteHandlerBuilder route) => route.RequireRateLimiting(Policy);
}
