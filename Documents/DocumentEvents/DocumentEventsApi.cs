using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>Feeds the case: raises one event for each processed request, and adds the events of its trace to its span.</summary>
internal static class DocumentEventsApi
{
    public static void UseDocumentEvents(this WebApplication app)
    {
        var events = app.Services.GetRequiredService<CaseSwitch<IDocumentEvents>>();
        var bus = app.Services.GetRequiredService<DocumentEventBus>();
        app.UseWhen(
            context => context.Feeds<DocumentEventsCase>(),
            documents => documents.Use((context, next) => TraceAsync(context, next, events.Current, bus)));
    }

    private static async Task TraceAsync(HttpContext context, RequestDelegate next, IDocumentEvents events, DocumentEventBus bus)
    {
        var started = Stopwatch.GetTimestamp();
        var operation = new DocumentOperation();
        context.Features.Set(operation);
        var trace = await events.TraceAsync(context, async traced =>
        {
            await next(traced);
            // A rejected request has processed no document.
            if (traced.Response.StatusCode < StatusCodes.Status400BadRequest)
                bus.Publish(Describe(traced, operation, Stopwatch.GetElapsedTime(started)));
        });
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
            AddEvents(span, trace);
    }

    private static DocumentProcessed Describe(HttpContext context, DocumentOperation operation, TimeSpan duration)
    {
        var id = operation.DocumentId ?? (Guid.TryParse(context.GetRouteValue("id") as string, out var routed) ? routed : null);
        var name = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        return new(context.TraceIdentifier, id, name, context.Response.ContentLength ?? operation.Bytes, duration);
    }

    private static void AddEvents(Activity span, RequestTrace trace)
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
