namespace Shop.Documents.DocumentEvents;

/// <summary>The event that a request has processed a document.</summary>
/// <param name="RequestId">The request's <see cref="HttpContext.TraceIdentifier"/>.</param>
/// <param name="DocumentId">The document; null if the request concerned several or none.</param>
/// <param name="Operation">The route's name, e.g. <c>thumbnail</c>.</param>
/// <param name="Bytes">The size of the response body in bytes, as far as it is known.</param>
/// <param name="Duration">The time since the request started.</param>
internal sealed record DocumentProcessed(string RequestId, Guid? DocumentId, string Operation, long Bytes, TimeSpan Duration);

/// <summary>Publishes document events to its subscribers. A singleton.</summary>
internal sealed class DocumentEventBus
{
    public event EventHandler<DocumentProcessed>? DocumentProcessed;

    public void Publish(DocumentProcessed e) => DocumentProcessed?.Invoke(this, e);

    /// <summary>The number of handlers whose target is an instance of a type.</summary>
    public int CountSubscribers<T>()
    {
        var count = 0;
        foreach (var handler in Delegate.EnumerateInvocationList(DocumentProcessed))
        {
            if (handler.Target is T)
                count++;
        }
        return count;
    }

    /// <summary>Removes every handler whose target is an instance of a type.</summary>
    public void RemoveSubscribers<T>()
    {
        // Removing the handlers one by one would copy the list each time. A handler that is added concurrently makes the exchange fail and
        // retry.
        EventHandler<DocumentProcessed>? before;
        do
        {
            before = DocumentProcessed;
            var kept = before?.GetInvocationList().Where(handler => handler.Target is not T).ToArray() ?? [];
            var after = (EventHandler<DocumentProcessed>?)Delegate.Combine(kept);
            if (Interlocked.CompareExchange(ref DocumentProcessed, after, before) == before)
                return;
        }
        while (true);
    }
}
