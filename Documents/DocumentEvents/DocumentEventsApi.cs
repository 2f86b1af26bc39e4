using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>Feeds the case with every request to documents, and adds each request's events to its span.</summary>
internal static class DocumentEventsApi
{
    public static void UseDocumentEvents(this WebApplication app)
    {
        var events = app.Services.GetRequiredService<CaseSwitch<IDocumentEvents>>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/documents"),
            documents => documents.Use((context, next) => Trace(context, next, events)));
    }

    private static async Task Trace(HttpContext context, RequestDelegate next, CaseSwitch<IDocumentEvents> events)
    {
        if (events.FuseProblem() is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }
        var trace = await events.Current.TraceAsync(context, next);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
        {
            foreach (var e in trace.Events)
            {
                span.AddEvent(new ActivityEvent("document.processed", tags: new()
                {
                    ["document.id"] = e.DocumentId,
                    ["document.operation"] = e.Operation,
                    ["document.bytes"] = e.Bytes,
                }));
            }
        }
    }
}
