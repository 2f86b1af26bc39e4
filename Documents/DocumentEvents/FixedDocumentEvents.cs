using System.Collections.Concurrent;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>
/// One subscription for the life of the process. Bounded by the requests in flight: a trace is released when its request ends, also by an
/// exception.
/// </summary>
internal sealed class FixedDocumentEvents : IDocumentEvents, ICaseState
{
    private readonly ConcurrentDictionary<string, RequestTrace> _open = new();

    // FIX: subscribed once, so the bus refers to this singleton and never to a request.
    public FixedDocumentEvents(DocumentEventBus bus) => bus.DocumentProcessed += OnDocumentProcessed;

    public long HeldItems => _open.Count;

    public void Reset() => _open.Clear();

    public async Task<RequestTrace> TraceAsync(HttpContext context, RequestDelegate next)
    {
        var trace = _open[context.TraceIdentifier] = new RequestTrace(context);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context.TraceIdentifier, out _);
            trace.Close(context.Response);
        }
        return trace;
    }

    private void OnDocumentProcessed(object? sender, DocumentProcessed e)
    {
        if (_open.TryGetValue(e.RequestId, out var trace))
            trace.Add(e);
    }
}
