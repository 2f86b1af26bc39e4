using Shop.Lab.Diagnosis.Graph;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// The framework chains timers, and the registrations on a token, each with the next. An object that holds one of them does not hold the
/// others: they belong to the queue. Nor do the values of an AsyncLocal belong to each task that they flow to, nor what is in a collection
/// to its index by threads.
/// </summary>
internal sealed class CallbackChains
{
    /// <summary>A link's type.</summary>
    public const string Timer = "System.Threading.TimerQueueTimer";

    /// <inheritdoc cref="Timer" />
    public const string Registration = "System.Threading.CancellationTokenSource+CallbackNode";

    private const string Context = "System.Threading.ExecutionContext";

    private static readonly (string Queue, string Link, string Next, string Callback, string State)[] _chains =
    [
        ("System.Threading.TimerQueue", Timer, "_next", "_timerCallback", "_state"),
        ("System.Threading.CancellationTokenSource+Registrations", Registration, "Next", "Callback", "CallbackState"),
    ];

    private readonly HeapGraph _graph;
    private readonly Link?[] _links;
    private readonly string?[] _queues;
    private readonly bool[] _areContexts;
    private readonly bool[] _areThreadLocals;
    private readonly bool[] _areCollections;

    public CallbackChains(HeapGraph graph)
    {
        _graph = graph;
        var count = graph.Types.Count;
        (_links, _queues) = (new Link?[count], new string?[count]);
        (_areContexts, _areThreadLocals, _areCollections) = (new bool[count], new bool[count], new bool[count]);
        foreach (var layout in graph.Types)
        {
            var name = layout.Type.Name ?? "";
            _areContexts[layout.Index] = name == Context;
            _areThreadLocals[layout.Index] = name.StartsWith("System.Threading.ThreadLocal<", StringComparison.Ordinal);
            _areCollections[layout.Index] = Frameworks.IsCollection(name);
            foreach (var (queue, link, next, callback, state) in _chains)
            {
                if (name == queue)
                    _queues[layout.Index] = link;
                if (name == link)
                    _links[layout.Index] = new(queue, SlotOf(layout, next), SlotOf(layout, callback), SlotOf(layout, state));
            }
        }
    }

    /// <summary>Whether a label is a link's that says what it calls.</summary>
    public static bool IsNamedLink(string label)
        => label.StartsWith($"{Timer} (", StringComparison.Ordinal) || label.StartsWith($"{Registration} (", StringComparison.Ordinal);

    /// <summary>Whether a reference tells little of who holds the object: any other path to it tells more.</summary>
    public bool IsAside(int item, int target)
    {
        var layout = _graph.LayoutOf(target);
        return _areContexts[layout.Index]
            || (_areThreadLocals[layout.Index] && _areCollections[_graph.LayoutOf(item).Index])
            || (_links[_graph.LayoutOf(item).Index] is { } link && (layout == _graph.LayoutOf(item) || layout.Type.Name == link.Queue));
    }

    /// <summary>Whether an object holds a chain by its first link.</summary>
    public bool IsQueue(int item) => _queues[_graph.LayoutOf(item).Index] is not null;

    /// <summary>What follows in a queue's chain after a link.</summary>
    public IEnumerable<int> After(int queue, int first)
    {
        if (_graph.LayoutOf(first).Type.Name != _queues[_graph.LayoutOf(queue).Index])
            yield break;
        var slot = _links[_graph.LayoutOf(first).Index]!.Value.Next;
        // A process that stood still while it changed the chain may have closed it to a ring.
        var seen = new HashSet<int> { first };
        for (var next = At(first, slot); next != HeapGraph.Null && seen.Add(next); next = At(next, slot))
            yield return next;
    }

    /// <summary>What a link calls, and what it gives to it; null if the object is no link.</summary>
    public (int Callback, int State)? CallOf(int item)
        => _links[_graph.LayoutOf(item).Index] is { } link ? (At(item, link.Callback), At(item, link.State)) : null;

    private int At(int item, int slot) => slot < 0 ? HeapGraph.Null : _graph.SlotsOf(item)[slot];

    private static int SlotOf(ObjectLayout layout, string field)
        => layout.Type.GetFieldByName(field) is { } found ? layout.SlotAt(found.Offset + sizeof(ulong)) : -1;

    private readonly record struct Link(string Queue, int Next, int Callback, int State);
}
