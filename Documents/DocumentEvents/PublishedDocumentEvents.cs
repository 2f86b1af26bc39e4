using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>
/// The article's fix: the handler is removed when its request ends. Nothing is retained, but each request still subscribes.
/// </summary>
internal sealed class PublishedDocumentEvents(DocumentEventBus bus) : IDocumentEvents, ICaseState
{
    public long HeldItems => bus.CountSubscribers<RequestTracingMiddleware>();

    public void Reset() => bus.RemoveSubscribers<RequestTracingMiddleware>();

    public async Task<RequestTrace> TraceAsync(HttpContext context, RequestDelegate next)
    {
        using var middleware = new RequestTracingMiddleware(bus, context);
        await middleware.InvokeAsync(context, next);
        return middleware.Trace;
    }

    private sealed class RequestTracingMiddleware : IMiddleware, IDisposable
    {
        private readonly DocumentEventBus _bus;

        [SuppressMessage("Memory", "SHOP1005", Justification = "The published fix still subscribes each request.")]
        public RequestTracingMiddleware(DocumentEventBus bus, HttpContext context)
        {
            _bus = bus;
            Trace = new RequestTrace(context);
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

        // DEFECT: removing a handler copies the whole invocation list, so the allocations of a request grow with the requests in flight.
        public void Dispose() => _bus.DocumentProcessed -= OnDocumentProcessed;

        // DEFECT: every event reaches every request in flight, because each one subscribes to the events of all requests.
        private void OnDocumentProcessed(object? sender, DocumentProcessed e) => Trace.Add(e);
    }
}
