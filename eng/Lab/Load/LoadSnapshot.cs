using Shop.ServiceDefaults.Telemetry;

using System.Diagnostics.CodeAnalysis;

namespace Shop.Lab.Load;

/// <summary>The counts at one moment, with those of each route.</summary>
internal sealed record LoadSnapshot : LoadReading
{
    [SetsRequiredMembers]
    public LoadSnapshot(LoadReading reading, LatencyCounts arrivalToSettled, IReadOnlyList<LatencyCounts> routes) : base(reading)
    {
        ArrivalToSettled = arrivalToSettled;
        Routes = routes;
    }

    /// <summary>From the moment the shopper was due to the status on the socket: log in and cart are in it.</summary>
    public LatencyCounts ArrivalToSettled { get; }

    /// <summary>Answered requests by <see cref="ShopRoute.Index"/>.</summary>
    public IReadOnlyList<LatencyCounts> Routes { get; }
}
