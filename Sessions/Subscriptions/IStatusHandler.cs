namespace Shop.Sessions.Subscriptions;

/// <summary>Handles the statuses of a customer's orders.</summary>
internal interface IStatusHandler
{
    /// <summary>The customer.</summary>
    string CustomerId { get; }

    /// <summary>Handles a status. Called under the lock of the bus: it must not wait.</summary>
    void OnStatus(ReadOnlyMemory<byte> status);
}
