namespace Shop.Documents.DocumentEvents;

/// <summary>Traces a request to documents: its target and headers, its duration, and the document events that it raised.</summary>
internal interface IDocumentEvents
{
    /// <summary>Runs the rest of the pipeline and returns the request's trace.</summary>
    Task<RequestTrace> TraceAsync(HttpContext context, RequestDelegate next);
}
