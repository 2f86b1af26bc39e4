namespace Shop.Documents.DocumentEvents;

/// <summary>Traces a request to documents: what it asked, how long it took, and the document events that it raised.</summary>
internal interface IDocumentEvents
{
    /// <summary>Runs the rest of the pipeline and returns the request's trace.</summary>
    Task<RequestTrace> TraceAsync(HttpContext context, RequestDelegate next);
}
