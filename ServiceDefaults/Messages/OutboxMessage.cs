using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A message that is to be published, stored in the transaction of what it tells.</summary>
public sealed class OutboxMessage
{
    /// <summary>Becomes the message's id on the bus, however often it is published; ordered by time.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract's full name.</summary>
    public required string Type { get; set; }

    /// <summary>The message as JSON.</summary>
    public required string Payload { get; set; }

    /// <summary>The trace of the request that caused it (W3C traceparent).</summary>
    public string? TraceParent { get; set; }

    /// <summary>The trace's state (W3C tracestate).</summary>
    public string? TraceState { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Why it can never be published; such a row stays for a human and holds nothing up.</summary>
    public string? Fault { get; set; }
}

/// <summary>Maps the outbox.</summary>
public static class OutboxModel
{
    internal const int MaxTraceState = 512;

    internal const string NextBatchSql =
        "SELECT * FROM outbox WHERE fault IS NULL ORDER BY id LIMIT {0} FOR UPDATE SKIP LOCKED";

    /// <summary>Adds the table <c>outbox</c> to a context.</summary>
    public static void AddOutbox(this ModelBuilder model) => model.Entity<OutboxMessage>(row =>
    {
        row.ToTable("outbox");
        row.HasKey(message => message.Id);
        row.Property(message => message.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(message => message.Type).HasColumnName("type").HasMaxLength(256);
        row.Property(message => message.Payload).HasColumnName("payload");
        row.Property(message => message.TraceParent).HasColumnName("trace_parent").HasMaxLength(64);
        row.Property(message => message.TraceState).HasColumnName("trace_state").HasMaxLength(MaxTraceState);
        row.Property(message => message.CreatedAt).HasColumnName("created_at");
        row.Property(message => message.Fault).HasColumnName("fault").HasMaxLength(1024);
    });
}
