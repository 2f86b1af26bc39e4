using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;

namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>
/// The path from a root to what accumulates and on into what that holds, in the programmer's terms: a collection is told by the field that
/// holds it, not by its nodes and arrays.
/// </summary>
internal sealed partial class LeakTrace
{
    // Down to where the growth is spread over several kinds of objects.
    private const double MostOf = 0.7;
    private const int MaxBelow = 6;
    private readonly List<string> _steps = [];
    private int _accumulation = int.MaxValue;

    private LeakTrace()
    {
    }

    /// <summary>The root, then the types on the way, each with the field that leads on.</summary>
    public IReadOnlyList<string> Steps => _steps;

    /// <summary>The same for the same leak in the next run and the next build: of neither counts nor addresses.</summary>
    public string Signature
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('→', _steps.Take(_accumulation + 1)))))[..8];

    /// <summary>The trace of a growth.</summary>
    public static LeakTrace Of(NodeGrowth growth)
    {
        var trace = To(growth.Node, isAccumulation: true);
        var below = growth;
        for (var depth = 0; depth < MaxBelow && Heaviest(below) is { } next; depth++)
            trace.Add((below = next).Node, isAccumulation: false);
        if (trace._accumulation >= trace._steps.Count)
            trace._steps.Add(TypeNames.Short(growth.Node.Type));
        return trace;
    }

    /// <summary>The trace of a node whose objects do not accumulate.</summary>
    public static LeakTrace Of(PathNode node) => To(node, isAccumulation: false);

    /// <summary>In one line.</summary>
    public override string ToString() => string.Join(" → ", _steps);

    /// <summary>In one line, with the number of objects that accumulate.</summary>
    public string ToString(long count)
        => string.Join(" → ", _steps.Select((step, index)
            => index == _accumulation ? string.Create(CultureInfo.InvariantCulture, $"[{count:N0}] {step}") : step));

    private static LeakTrace To(PathNode node, bool isAccumulation)
    {
        var trace = new LeakTrace();
        var path = PathTo(node).ToList();
        trace._steps.Add(path[0].Edge);
        foreach (var step in path.Skip(1))
            trace.Add(step, isAccumulation && step == node);
        return trace;
    }

    private static IEnumerable<PathNode> PathTo(PathNode node)
        => (node.Parent is null ? [] : PathTo(node.Parent)).Append(node);

    private static NodeGrowth? Heaviest(NodeGrowth growth)
        => growth.Children.MaxBy(child => child.Bytes) is { Bytes: > 0 } heaviest
            && heaviest.Bytes >= MostOf * (growth.Bytes - growth.OwnBytes)
            ? heaviest
            : null;

    private void Add(PathNode node, bool isAccumulation)
    {
        var owner = node.Parent!;
        var isRoots = owner.Parent is null;
        var field = node.Edge.Split('.').LastOrDefault(part => part.Length > 0 && part != PathNode.Element);
        // A field is worth naming where the programmer wrote it.
        if (!isRoots && field is not null && !Frameworks().IsMatch(owner.Type) && !IsPlumbing(owner) && !IsStateMachine(node))
            _steps[^1] += $".{TypeNames.Field(field)}";
        if (isAccumulation)
            _accumulation = _steps.Count;
        var isFieldsCollection = Collections().IsMatch(node.Type) && _accumulation == int.MaxValue && node.Edge != PathNode.Element;
        if (!IsPlumbing(node) && !IsStateMachine(node) && !isFieldsCollection && !(isRoots && IsNamedIn(_steps[0], node)))
            _steps.Add(Describe(node.Type));
    }

    // "singleton OrderStatusBus" has said it.
    private static bool IsNamedIn(string root, PathNode node)
        => root.EndsWith($" {TypeNames.Short(node.Type)}", StringComparison.Ordinal);

    // A delegate with an invocation list stands for those in the list.
    private static bool IsPlumbing(PathNode node)
        => Plumbing().IsMatch(node.Type) || node.Children.Any(child => child.Edge == "_invocationList");

    // In a build for debugging it is an object of its own.
    private static bool IsStateMachine(PathNode node)
        => node.Edge == "StateMachine" && node.Parent!.Type.Contains("AsyncStateMachineBox", StringComparison.Ordinal);

    private static string Describe(string type)
    {
        if (type == "System.Threading.CancellationTokenSource+CallbackNode")
            return "cancellation registration";
        var method = type.IndexOf(" (", StringComparison.Ordinal);
        return method < 0 ? TypeNames.Short(type) : TypeNames.Short(type[..method]) + type[method..];
    }

    // An async method's variables are the programmer's, although the framework boxes them.
    [GeneratedRegex(@"^(System|Microsoft)\.(?!.*AsyncStateMachineBox)")]
    private static partial Regex Frameworks();

    [GeneratedRegex(@"^System\.Collections\.[^<+]*(<.*>)?$|^System\.Lazy<|^System\.Threading\.Channels\.")]
    private static partial Regex Collections();

    [GeneratedRegex(@"\[,*\]$|^System\.Collections\.[^<]*\+|^System\.Collections\..*>\+\w+$|^System\.Collections\.Generic\.LinkedListNode"
        + @"|^System\.Collections\.Concurrent\.ConcurrentQueueSegment|^System\.Runtime\.CompilerServices\.StrongBox"
        + @"|^System\.Threading\.CancellationTokenSource\+Registrations|^System\.Threading\.Tasks\.Task(<.*>)?$|^System\.LazyHelper")]
    private static partial Regex Plumbing();
}
