using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Shop.Lab.Load;

/// <summary>
/// The trace of a visit, which its requests propagate. The services record one visit of <see cref="Interval"/>, the first included:
/// for the spans of all of them, the dashboard took as much CPU time as all services, and its charts stopped.
/// </summary>
internal static class VisitTrace
{
    /// <summary>The number of visits per recorded one.</summary>
    public const int Interval = 20;

    /// <summary>Starts it; it ends when it is disposed.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes it.")]
    public static Activity Start(Arrival arrival)
    {
        var trace = new Activity("visit");
        if (arrival.Number % Interval == 1)
            trace.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return trace.Start();
    }
}
