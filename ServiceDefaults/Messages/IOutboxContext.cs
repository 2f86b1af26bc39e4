using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A context with the table <c>outbox</c>.</summary>
public interface IOutboxContext
{
    /// <summary>The messages to publish.</summary>
    DbSet<OutboxMessage> Outbox { get; }
}
