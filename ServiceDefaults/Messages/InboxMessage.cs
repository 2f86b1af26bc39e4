using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A message that a consumer has handled, stored in the transaction of its effect.</summary>
public sealed class InboxMessage
{
    /// <summary>The message's id on the bus.</summary>
    public Guid MessageId { get; set; }

    /// <summary>Who handled it.</summary>
    public required string Consumer { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset HandledAt { get; set; }
}

/// <summary>Maps the inbox.</summary>
public static class InboxModel
{
    internal const string DeleteBatchSql =
        "DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE handled_at < {0} LIMIT {1})";

    /// <summary>Adds the table <c>inbox</c> to a context.</summary>
    public static void AddInbox(this ModelBuilder model) => model.Entity<InboxMessage>(row =>
    {
        row.ToTable("inbox");
        row.HasKey(message => new { message.MessageId, message.Consumer });
        row.HasIndex(message => message.HandledAt).HasDatabaseName("ix_inbox_handled_at");
        row.Property(message => message.MessageId).HasColumnName("message_id");
        row.Property(message => message.Consumer).HasColumnName("consumer").HasMaxLength(100);
        row.Property(message => message.HandledAt).HasColumnName("handled_at");
    });
}
