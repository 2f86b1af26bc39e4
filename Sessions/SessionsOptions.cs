using System.ComponentModel.DataAnnotations;

namespace Shop.Sessions;

/// <summary>Limits of the service, from configuration <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    public const string Section = "Sessions";

    /// <summary>How long a session lives after its last use.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>What every key in Redis begins with.</summary>
    [Required]
    public string KeyPrefix { get; set; } = "shop:";

    /// <summary>How many order-status sockets this instance holds.</summary>
    [Range(1, 100_000)]
    public int MaxSockets { get; set; } = 2_000;

    /// <summary>How many of them one customer may hold.</summary>
    [Range(1, 1_000)]
    public int MaxSocketsPerCustomer { get; set; } = 16;

    /// <summary>How often a socket's peer is pinged.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketKeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a peer may take to answer a ping before its socket is aborted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketKeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often open sockets are checked against their sessions: one whose session has ended is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SocketSessionCheckInterval { get; set; } = TimeSpan.FromSeconds(30);
}
