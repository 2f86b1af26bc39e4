using System.Diagnostics;

namespace Shop.Documents.DocumentEvents;

/// <summary>One request: its headers, its duration, and the document events that it received while it was in flight.</summary>
internal sealed class RequestTrace(HttpContext context)
{
    /// <summary>The maximum number of events in a trace; a request to documents raises one or two.</summary>
    public const int MaxEvents = 32;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<DocumentProcessed> _events = [];
    private bool _closed;

    public string RequestId { get; } = context.TraceIdentifier;

    public string Target { get; } = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";

    public IReadOnlyDictionary<string, string> RequestHeaders { get; } = Copy(context.Request.Headers);

    public IReadOnlyDictionary<string, string> ResponseHeaders { get; private set; } = new Dictionary<string, string>();

    public TimeSpan Duration { get; private set; }

    /// <summary>The events, in the order of their arrival.</summary>
    public IReadOnlyList<DocumentProcessed> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Adds an event, unless the request has ended or the trace is full.</summary>
    public void Add(DocumentProcessed e)
    {
        lock (_events)
        {
            if (!_closed && _events.Count < MaxEvents)
                _events.Add(e);
        }
    }

    /// <summary>Ends the trace with its request.</summary>
    public void Close(HttpResponse response)
    {
        lock (_events)
            _closed = true;
        ResponseHeaders = Copy(response.Headers);
        Duration = Stopwatch.GetElapsedTime(_started);
    }

    private static Dictionary<string, string> Copy(IHeaderDictionary headers)
        => headers.ToDictionary(header => header.Key, header => header.Value.ToString());
}
