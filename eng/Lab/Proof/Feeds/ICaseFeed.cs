namespace Shop.Lab.Proof.Feeds;

/// <summary>Feeds a case at its boundary, as the shop's traffic does, and knows the same traffic without the case.</summary>
internal interface ICaseFeed : IDisposable
{
    /// <summary>Makes what the operations need: a session, a cart, an order.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs operations of the case; returns when all of them have ended. For a Peak: one operation on so many rows of data.
    /// </summary>
    Task OperateAsync(int count, CancellationToken cancellationToken);

    /// <summary>Runs as many operations of the service that do not touch the case.</summary>
    Task ControlAsync(int count, CancellationToken cancellationToken);
}
