using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Documents.LogFormatting;

/// <summary>Feeds the case: adds one line to the audit log for each request to documents, also for one that is rejected.</summary>
internal static class LogFormattingApi
{
    public static void UseAuditLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<AuditLog>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.UseWhen(
            context => context.Feeds<LogFormattingCase>(),
            documents => documents.Use((context, next) =>
            {
                var route = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
                // Only then is the status known of a request that has thrown.
                context.Response.OnCompleted(() =>
                {
                    log.Add(Describe(context, route, time.GetUtcNow()));
                    return Task.CompletedTask;
                });
                return next(context);
            }));
    }

    private static AuditEntry Describe(HttpContext context, string route, DateTimeOffset now) => new(
        now, LevelOf(context.Response.StatusCode), route, new AuditText(context.Features.Get<Customer>()?.CustomerId),
        new AuditText(context.Request.Method), context.Response.StatusCode, new AuditText(context.Request.Path.Value),
        new AuditText(context.Request.Headers.UserAgent));

    private static LogLevel LevelOf(int status) => status switch
    {
        >= StatusCodes.Status500InternalServerError => LogLevel.Error,
        >= StatusCodes.Status400BadRequest => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
