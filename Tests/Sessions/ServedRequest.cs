using Shop.Sessions.Connections;

namespace Shop.Tests.Sessions;

/// <summary>A request that a <see cref="SocketServer"/> serves.</summary>
internal sealed class ServedRequest
{
    /// <summary>The customer.</summary>
    public required string Customer { get; init; }

    /// <summary>The <see cref="Microsoft.AspNetCore.Http.HttpContext"/>.</summary>
    public WeakReference Context { get; } = new(null);

    /// <summary>Completes when the server has noticed the end of the connection.</summary>
    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the request, or with its exception.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The socket of the request, while it is served.</summary>
    public OrderSocket? Socket { get; set; }
}
