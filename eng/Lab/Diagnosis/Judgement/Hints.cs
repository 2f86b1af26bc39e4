using Shop.Lab.Diagnosis.Growth;

namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>What leaks of a shape have in common, and which case of the Shop shows how such a one is mended.</summary>
internal static class Hints
{
    private static readonly (string Type, string Hint, string Case)[] _shapes =
    [
        ("System.Threading.CancellationTokenSource+", "registrations on a token that lives longer: dispose each", "Subscriptions"),
        ("System.Threading.TimerQueueTimer", "timers that nobody disposes", "DocumentEvents"),
        ("Microsoft.EntityFrameworkCore.ChangeTracking.", "a context that lives too long tracks all that it read", "OrderRepository"),
        ("Microsoft.Extensions.Caching.Memory.", "a cache without a size limit", "DocumentCache"),
        ("System.Threading.Channels.UnboundedChannel", "a queue without a bound, whose reader falls behind", "ActivityLog"),
        ("System.Threading.Tasks.TaskCompletionSource", "tasks that wait for what never completes", "Connections"),
        ("System.Runtime.CompilerServices.AsyncTaskMethodBuilder", "async methods that never end", "Connections"),
    ];

    /// <summary>The hint for what accumulates in a node.</summary>
    public static string For(PathNode node)
    {
        var path = Path(node).ToList();
        if (path.Any(step => step.Edge == "_invocationList"))
            return "a handler that is never removed from an event (see DocumentEvents)";
        foreach (var (type, hint, @case) in _shapes)
        {
            if (path.Any(step => step.Type.StartsWith(type, StringComparison.Ordinal)))
                return $"{hint} (see {@case})";
        }
        var root = path[^1].Edge;
        return root.Split(' ')[0] switch
        {
            "static" => "a static collection without a bound (see OrderEvents)",
            "singleton" => "a singleton's collection without a bound (see PaymentHistory)",
            "thread" => "a collection of a thread that does not end",
            "handle" => "handles that are never freed",
            "stack" => "what a method in work holds: a loop that only adds, or work that never ends",
            "interned" => "interned strings live as long as the process: keep them in a collection that forgets",
            "finalizer" => "objects that wait for the finalizer thread, which is slow or blocked",
            _ => "a collection that only grows",
        };
    }

    private static IEnumerable<PathNode> Path(PathNode node)
    {
        for (var step = node; step is not null; step = step.Parent)
            yield return step;
    }
}
