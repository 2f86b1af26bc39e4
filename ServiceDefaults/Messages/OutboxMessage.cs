using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A message to publish, stored in the same transaction as the data that it describes.</summary>
public sealed class OutboxMessage
{
    internal const int MaxTraceState = 512;

    /// <summary>The message's id on the bus, the same for every publish attempt; ordered by time.</summary>
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public Guid Id { get; set; }

    /// <summary>The contract's full name.</summary>
    [MaxLength(256)]
    public required string Type { get; set; }

    /// <summary>The message as JSON.</summary>
    public required string Payload { get; set; }

    /// <summary>The W3C traceparent of the request that created it.</summary>
    [MaxLength(64)]
    public string? TraceParent { get; set; }

    /// <summary>The W3C tracestate of that request.</summary>
    [MaxLength(MaxTraceState)]
    public string? TraceState { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Why it cannot be published; such a row stays for inspection and does not block the others.</summary>
    [MaxLength(1024)]
    public string? Fault { get; set; }
}
