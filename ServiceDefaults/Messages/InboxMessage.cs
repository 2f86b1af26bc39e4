using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A message that a consumer has handled, stored in the same transaction as its effect.</summary>
[PrimaryKey(nameof(MessageId), nameof(Consumer))]
[Index(nameof(HandledAt))]
public sealed class InboxMessage
{
    /// <summary>The message's id on the bus.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The consumer that handled it.</summary>
    [MaxLength(100)]
    public required string Consumer { get; set; }

    /// <summary>When it was handled.</summary>
    public DateTimeOffset HandledAt { get; set; }
}
