using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>A context with the table <c>inbox</c>.</summary>
public interface IInboxContext
{
    /// <summary>The handled messages.</summary>
    DbSet<InboxMessage> Inbox { get; }
}
