using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Shop.Documents.DocumentEvents;

namespace Shop.Documents;

/// <summary>Raises one event for each processed request of a route.</summary>
internal static class DocumentEventRoutes
{
    /// <summary>Raises the events of a group's routes; an event contains its route's name.</summary>
    public static RouteGroupBuilder RaiseDocumentEvents(this RouteGroupBuilder group)
    {
        // Wraps the request delegate: an endpoint filter would return before the response has been written.
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var next = endpoint.RequestDelegate
                ?? throw new InvalidOperationException($"The endpoint '{endpoint.DisplayName}' has no request delegate.");
            endpoint.RequestDelegate = context => ProcessAsync(context, next);
        });
        return group;
    }

    private static async Task ProcessAsync(HttpContext context, RequestDelegate next)
    {
        var started = Stopwatch.GetTimestamp();
        var operation = new DocumentOperation();
        context.Features.Set(operation);
        await next(context);
        var id = operation.DocumentId ?? (Guid.TryParse(context.GetRouteValue("id") as string, out var routed) ? routed : null);
        var name = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        var bytes = context.Response.ContentLength ?? operation.Bytes;
        context.RequestServices.GetRequiredService<DocumentEventBus>()
            .Publish(new DocumentProcessed(context.TraceIdentifier, id, name, bytes, Stopwatch.GetElapsedTime(started)));
    }
}
