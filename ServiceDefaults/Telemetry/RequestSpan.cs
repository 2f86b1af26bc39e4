using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Cases;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Completes the server's span: its name is the route, its status the response's, its attributes the variants that were active.</summary>
internal static class RequestSpan
{
    public static void UseRequestSpan(this WebApplication app)
    {
        var cases = app.Services.GetServices<ICaseSwitch>().ToArray();
        app.Use((context, next) => Describe(context, next, cases));
    }

    private static async Task Describe(HttpContext context, RequestDelegate next, ICaseSwitch[] cases)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } span)
        {
            await next(context);
            return;
        }
        if (IsProbe(context.Request.Path))
        {
            // Probes come every few seconds and would bury the shop's own traces.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        foreach (var @case in cases)
            span.SetTag(@case.SpanAttribute, @case.Variant.Name());
        try
        {
            await next(context);
        }
        finally
        {
            if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
            {
                span.DisplayName = $"{context.Request.Method} {route}";
                span.SetTag("http.route", route);
            }
            // A chunked body does not tell its size ahead.
            if (context.Request.ContentLength is { } bytes)
                span.SetTag("http.request.body.size", bytes);
            span.SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static bool IsProbe(PathString path) => path == "/health" || path == "/alive" || path == "/metrics";
}
