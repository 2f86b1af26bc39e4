using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Messages;

/// <summary>The options of the outbox.</summary>
public sealed class OutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>The number of unpublished messages from which <see cref="Outbox{TContext}.IsFullAsync"/> returns true.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnpublished { get; set; } = 10_000;

    /// <summary>The maximum number of messages in a batch.</summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>The interval at which an idle publisher polls the table, for rows that another process did not publish.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The timeout for publishing a batch; its rows stay locked that long while the bus is unavailable.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum delay after consecutive failures.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(1);
}
