using Shop.Lab.Cases;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;

namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>What leaks of a shape have in common, and which case of the Shop shows how such a one is mended.</summary>
internal static class Hints
{
    private const string Scope = "Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope";
    private const int MaxOfScope = 4;

    // What is many.
    private static readonly (string Type, string Hint, string Case)[] _items =
    [
        (CallbackChains.Registration, "registrations on a token that lives longer: dispose each", "Subscriptions"),
        (CallbackChains.Timer, "timers that nobody disposes", "DocumentEvents"),
        ("System.Threading.Tasks.TaskCompletionSource", "tasks that wait for what never completes", "Connections"),
        ("System.Runtime.CompilerServices.AsyncTaskMethodBuilder", "async methods that never end", "Connections"),
        ("System.Threading.Tasks.ContinueWithTaskContinuation", "continuations of a task that never completes", "Connections"),
        ("System.Threading.SemaphoreSlim+TaskNode", "waits for a semaphore that nobody releases", "Connections"),
    ];

    // What holds it.
    private static readonly (string Type, string Hint, string Case)[] _holders =
    [
        ("Microsoft.EntityFrameworkCore.ChangeTracking.", "a context that lives too long tracks all that it read", "OrderRepository"),
        ("Microsoft.Extensions.Caching.Memory.", "a cache without a size limit", "DocumentCache"),
        ("System.Threading.Channels.UnboundedChannel", "a queue without a bound, whose reader falls behind", "ActivityLog"),
    ];

    /// <summary>The hint for what accumulates.</summary>
    public static string For(NodeGrowth growth)
    {
        var path = Path(growth.Node).ToList();
        if (path.Take(2).Any(step => step.Edge == "_invocationList"))
            return $"a handler that is never removed from an event{See("DocumentEvents")}";
        foreach (var (type, hint, @case) in _holders)
        {
            if (path.Any(step => step.Type.StartsWith(type, StringComparison.Ordinal)))
                return hint + See(@case);
        }
        foreach (var item in Items(growth))
        {
            if (_items.FirstOrDefault(shape => Is(item, shape.Type)) is { Hint: { } hint, Case: var @case })
                return hint + See(@case);
        }
        if (path.Take(MaxOfScope).Any(step => step.Type == Scope))
            return "a container keeps the disposables that it made until it ends: resolve them from a scope";
        if (path.Any(step => step.Type.Contains("+AsyncStateMachineBox<", StringComparison.Ordinal)))
            return "what an async method in work holds: a loop that only adds";
        if (path.Any(step => step.Type == "System.Threading.ExecutionContext"))
            return "the value of an AsyncLocal";
        return path[^1].Edge.Split(' ')[0] switch
        {
            "static" => $"a static collection without a bound{See("OrderEvents")}",
            "singleton" => $"a singleton's collection without a bound{See("PaymentHistory")}",
            "thread" when path.Count == 2 => "threads that do not end: each has its own",
            "thread" => "a collection of a thread that does not end",
            "handle" => "handles that are never freed",
            "stack" => "what a method in work holds: a loop that only adds, or work that never ends",
            "interned" => "interned strings live as long as the process: keep them in a collection that forgets",
            "finalizer" => "objects that wait for the finalizer thread, which is slow or blocked",
            _ => "a collection that only grows",
        };
    }

    private static string See(string id)
        => $" (see {CaseStudies.FolderOf(CaseStudies.All.Single(study => study.Id == id))}/README.md)";

    private static bool Is(PathNode node, string type)
        => node.Type == type || (node.Type.StartsWith(type, StringComparison.Ordinal) && !char.IsLetter(node.Type[type.Length]));

    // With what the framework wraps around the programmer's.
    private static IEnumerable<PathNode> Items(NodeGrowth growth)
    {
        yield return growth.Node;
        for (var item = growth; Frameworks.Contain(item.Node.Type) && item.Heaviest is { } next; item = next)
            yield return next.Node;
    }

    private static IEnumerable<PathNode> Path(PathNode node)
    {
        for (var step = node; step is not null; step = step.Parent)
            yield return step;
    }
}
