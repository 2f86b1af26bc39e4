using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>
/// <c>singleton DocumentEventBus.DocumentProcessed → EventHandler&lt;DocumentProcessed&gt;
/// (LeakyDocumentEvents.RequestTracingMiddleware.OnDocumentProcessed) → LeakyDocumentEvents.RequestTracingMiddleware.Trace →
/// RequestTrace</c>: one handler for every request ever served.
/// </summary>
internal sealed class LeakyDocumentEvents(DocumentEventBus bus) : IDocumentEvents, ICaseState
{
    public long HeldItems => bus.CountSubscribers<RequestTracingMiddleware>();

    public void Reset() => bus.RemoveSubscribers<RequestTracingMiddleware>();

    public async Task<RequestTrace> TraceAsync(HttpContext context, RequestDelegate next)
    {
        var middleware = new RequestTracingMiddleware(bus, context);
        await middleware.InvokeAsync(context, next);
        return middleware.Trace;
    }

    internal sealed class RequestTracingMiddleware : IMiddleware
    {
        [SuppressMessage("Memory", "SHOP1004", Justification = "The incident: 12,441 live middleware instances.")]
        public RequestTracingMiddleware(DocumentEventBus bus, HttpContext context)
        {
            Trace = new RequestTrace(context);
            // LEAK: the bus is a singleton and nothing unsubscribes, so it retains this request's trace for the life of the process.
            bus.DocumentProcessed += OnDocumentProcessed;
        }

        public RequestTrace Trace { get; }

        public async Task InvokeAsync(HttpContext context, RequestDelegate next)
        {
            try
            {
                await next(context);
            }
            finally
            {
                Trace.Close(context.Response);
            }
        }

        private void OnDocumentProcessed(object? sender, DocumentProcessed e) => Trace.Add(e);
    }
}
