using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Configuration <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>The section that they are read from.</summary>
    public const string Section = "Outbox";

    /// <summary>How many messages may wait to be published before <see cref="Outbox{TContext}.IsFullAsync"/> says so.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnpublished { get; set; } = 10_000;

    /// <summary>How many messages are taken and published at a time.</summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How often the table is looked at when nobody wakes the publisher: for rows that another process left behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch may take to be published; its rows stay locked that long while the bus is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause after failures in a row.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(1);
}
