namespace Shop.Sessions.ActivityLog;

/// <summary>Logs the changes of carts, without making the customer wait for the log.</summary>
internal interface IActivityLog
{
    /// <summary>Adds a change; never waits and never fails.</summary>
    void Add(CartActivity activity);
}
