namespace Shop.Documents.DocumentEvents;

/// <summary>A request has processed a document.</summary>
/// <param name="RequestId">The request's <see cref="HttpContext.TraceIdentifier"/>.</param>
/// <param name="DocumentId">The document; null where the request concerned several or none.</param>
/// <param name="Operation">The route's name, e.g. <c>thumbnail</c>.</param>
/// <param name="Bytes">The size of the answer's body, in bytes, as far as it is known.</param>
/// <param name="Duration">The time since the request came.</param>
internal sealed record DocumentProcessed(string RequestId, Guid? DocumentId, string Operation, long Bytes, TimeSpan Duration);

/// <summary>Tells everyone who subscribed of what happens to documents. One for the process.</summary>
internal sealed class DocumentEventBus
{
    public event EventHandler<DocumentProcessed>? DocumentProcessed;

    public void Publish(DocumentProcessed e) => DocumentProcessed?.Invoke(this, e);

    /// <summary>How many handlers belong to instances of a type.</summary>
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

    /// <summary>Removes every handler that belongs to an instance of a type.</summary>
    public void RemoveSubscribers<T>()
    {
        // Removing them one by one would copy the list each time; a subscriber that comes in between is kept by the retry.
        EventHandler<DocumentProcessed>? before;
        do
        {
            before = DocumentProcessed;
            var kept = before?.GetInvocationList().Where(handler => handler.Target is not T).ToArray() ?? [];
            if (Interlocked.CompareExchange(ref DocumentProcessed, (EventHandler<DocumentProcessed>?)Delegate.Combine(kept), before) == before)
                return;
        }
        while (true);
    }
}
