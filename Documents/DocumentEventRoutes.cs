using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Shop.Documents.DocumentEvents;

namespace Shop.Documents;

/// <summary>What a request did, for its event; handlers add what the route and the response do not tell.</summary>
internal sealed class DocumentOperation
{
    /// <summary>The document, where the route does not name it.</summary>
    public Guid? DocumentId { get; set; }

    /// <summary>The answer's size, where it was not known before it was written.</summary>
    public long Bytes { get; set; }

    /// <summary>Hands a request's operation to its handler.</summary>
    public static ValueTask<DocumentOperation> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.GetRequiredFeature<DocumentOperation>());
}

/// <summary>Raises one event for each request that a route has processed.</summary>
internal static class DocumentEventRoutes
{
    /// <summary>Raises the events of a group's routes, each under its route's name.</summary>
    public static RouteGroupBuilder RaiseDocumentEvents(this RouteGroupBuilder group)
    {
        // Around the whole endpoint instead of as an endpoint filter: filters end before the response has been written.
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"'{endpoint.DisplayName}' has nothing to tell of.");
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
        context.RequestServices.GetRequiredService<DocumentEventBus>()
            .Publish(new DocumentProcessed(context.TraceIdentifier, id, name, context.Response.ContentLength ?? operation.Bytes, Stopwatch.GetElapsedTime(started)));
    }
}
