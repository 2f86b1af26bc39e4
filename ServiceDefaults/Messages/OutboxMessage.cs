using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A message to publish, stored in the transaction of the data that it describes.</summary>
public sealed class OutboxMessage
{
    internal const int MaxTraceState = 512;

    /// <summary>Becomes the message's id on the bus, however often it is published; ordered by time.</summary>
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public Guid Id { get; set; }

    /// <summary>The contract's full name.</summary>
    [MaxLength(256)]
    public required string Type { get; set; }

    /// <summary>The message as JSON.</summary>
    public required string Payload { get; set; }

    /// <summary>The trace of the request that caused it (W3C traceparent).</summary>
    [MaxLength(64)]
    public string? TraceParent { get; set; }

    /// <summary>The trace's state (W3C tracestate).</summary>
    [MaxLength(MaxTraceState)]
    public string? TraceState { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Why it can never be published; such a row stays for a human and holds nothing up.</summary>
    [MaxLength(1024)]
    public string? Fault { get; set; }
}
