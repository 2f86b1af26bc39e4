namespace Shop.Lab.Page.Alerts;

/// <summary>The services whose alerts are read.</summary>
internal interface IWatchedServices
{
    /// <summary>Whether a drill is on, whoever has started it.</summary>
    bool IsInDrill { get; }

    /// <summary>The process of a service; of several replicas, of the one that uses most memory. Null if none answers.</summary>
    int? ProcessOf(string service);
}
