using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions;

/// <summary>The options of the service, from configuration <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    public const string Section = "Sessions";

    /// <summary>The time after which an unused session expires.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The prefix of all keys in Redis.</summary>
    [Required]
    public string KeyPrefix { get; set; } = "shop:";

    /// <summary>The maximum number of order-status sockets of this instance.</summary>
    [Range(1, 100_000)]
    public int MaxSockets { get; set; } = 2_000;

    /// <summary>The maximum number of order-status sockets of a customer at this instance.</summary>
    [Range(1, 1_000)]
    public int MaxSocketsPerCustomer { get; set; } = 16;

    /// <summary>The longest time without a frame of a socket's peer before it is pinged.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketKeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time that a peer may take to respond to a ping before its socket is aborted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketKeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The interval at which open sockets are checked; a socket is closed if its session has ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketSessionCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between two writes of the activity log by one writer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ActivityLogInterval { get; set; } = TimeSpan.FromMilliseconds(200);
}
