using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.ServiceDefaults;

/// <summary>Turns <see cref="UnavailableException"/> and a lost database or Redis into 503 with Retry-After.</summary>
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

    // A retrying execution strategy wraps the last error; a lost connection surfaces as a transient DbException at some depth.
    private static UnavailableException? FromServer(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Data.Common.DbException { IsTransient: true })
                return new UnavailableException("The database does not answer.", exception);
            if (cause is RedisException or RedisTimeoutException)
                return new UnavailableException("The sessions' store does not answer.", exception);
        }
        return null;
    }

    // The cause in a line, without its stack: in an outage there is one for each request.
    [LoggerMessage(LogLevel.Warning, "Answered 503: {What} {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string what, string cause);
}
