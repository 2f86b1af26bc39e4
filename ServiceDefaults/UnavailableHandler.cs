using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.ServiceDefaults;

/// <summary>Converts <see cref="UnavailableException"/> and outages of the database or Redis to 503 with Retry-After.</summary>
internal sealed partial class UnavailableHandler(IProblemDetailsService problems, ILogger<UnavailableHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var unavailable = exception as UnavailableException ?? FromServer(exception);
        if (unavailable is null)
            return false;
        LogUnavailable(logger, unavailable.Message, exception.GetBaseException().Message);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = unavailable.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        var problem = new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Title = unavailable.Message };
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    // A retrying execution strategy wraps the last exception, so the transient DbException of a lost connection can be at any depth.
    private static UnavailableException? FromServer(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Data.Common.DbException { IsTransient: true })
                return new UnavailableException("The database does not respond.", exception);
            if (cause is RedisException or RedisTimeoutException)
                return new UnavailableException("The session store does not respond.", exception);
        }
        return null;
    }

    // The cause without its stack trace: during an outage this is logged for every request.
    [LoggerMessage(LogLevel.Warning, "Responded with 503: {Reason} Cause: {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string reason, string cause);
}
