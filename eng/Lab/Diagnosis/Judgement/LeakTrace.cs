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
    private const int MaxBelow = 6;
    private const int MaxFrameworks = 2;
    private readonly List<string> _steps = [];
    private int _accumulation = int.MaxValue;
    private int _frameworks;

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
        foreach (var below in Below(growth))
            trace.Add(below.Node, isAccumulation: false);
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

    // Down to where the growth is spread over several kinds of objects. What lies within one of the framework, which no programmer has
    // written, ends the trace.
    private static IEnumerable<NodeGrowth> Below(NodeGrowth growth)
    {
        var below = new List<NodeGrowth>();
        for (var next = growth.Heaviest; next is not null && below.Count < MaxBelow; next = next.Heaviest)
            below.Add(next);
        var end = below.FindLastIndex(next => IsApplications(next.Node) || IsApplications(next.Node.Parent!));
        // A dictionary's node is worth as much as what it holds.
        return below.Take(1 + (IsPlumbing(growth.Node) ? Math.Max(end, below.FindIndex(next => !IsPlumbing(next.Node))) : end));
    }

    // Of a delegate or a task, the method is the application's or none is known.
    private static bool IsApplications(PathNode node) => !Frameworks().IsMatch(node.Type) || Calls().IsMatch(node.Type);

    private void Add(PathNode node, bool isAccumulation)
    {
        var owner = node.Parent!;
        var isRoots = owner.Parent is null;
        var field = node.Edge.Split('.').LastOrDefault(part => part.Length > 0 && part != PathNode.Element);
        // A field is worth naming where the programmer wrote it.
        if (!isRoots && field is not null && !Frameworks().IsMatch(owner.Type) && !IsPlumbing(owner) && !IsStateMachine(node)
            && (!IsBox(owner) || node.Edge.StartsWith("StateMachine.", StringComparison.Ordinal)))
            _steps[^1] += $".{TypeNames.Field(field)}";
        if (isAccumulation || _accumulation == int.MaxValue && IsApplications(node))
            OmitFrameworks();
        if (isAccumulation)
            _accumulation = _steps.Count;
        var isFieldsCollection = Collections().IsMatch(node.Type) && _accumulation == int.MaxValue && node.Edge != PathNode.Element;
        if (!IsPlumbing(node) && !IsStateMachine(node) && !isFieldsCollection && !IsCallOf(owner, node)
            && !(isRoots && IsNamedIn(_steps[0], node)))
        {
            _steps.Add(Describe(node.Type));
            _frameworks = IsApplications(node) ? 0 : _frameworks + 1;
        }
    }

    // A pipeline of middleware has a dozen steps that no programmer has written.
    private void OmitFrameworks()
    {
        if (_frameworks > MaxFrameworks)
        {
            _steps.RemoveRange(_steps.Count - _frameworks, _frameworks);
            _steps.Add("…");
        }
        _frameworks = 0;
    }

    // "singleton OrderStatusBus" has said it.
    private static bool IsNamedIn(string root, PathNode node)
        => root.EndsWith($" {TypeNames.Short(node.Type)}", StringComparison.Ordinal);

    // A delegate with an invocation list stands for those in the list.
    private static bool IsPlumbing(PathNode node)
        => Plumbing().IsMatch(node.Type) || node.Children.Any(child => child.Edge == "_invocationList");

    // "timer (lambda in Poller.Start)" has said it.
    private static bool IsCallOf(PathNode link, PathNode node)
        => CallbackChains.IsNamedLink(link.Type) && (node.Edge is "_timerCallback" or "Callback" or "_target"
            || link.Type.EndsWith($" ({TypeNames.Short(node.Type)})", StringComparison.Ordinal)
            || (node.Type.IndexOf(" (", StringComparison.Ordinal) is var method and > 0
                && link.Type.EndsWith(node.Type[method..], StringComparison.Ordinal)));

    // In a build for debugging it is an object of its own.
    private static bool IsStateMachine(PathNode node)
        => node.Edge == "StateMachine" && IsBox(node.Parent!);

    private static bool IsBox(PathNode node) => node.Type.Contains("AsyncStateMachineBox", StringComparison.Ordinal);

    private static string Describe(string type)
    {
        var start = type.IndexOf(" (", StringComparison.Ordinal);
        var (name, method) = start > 0 ? (type[..start], type[start..]) : (type, "");
        return name switch
        {
            CallbackChains.Registration => "cancellation registration",
            CallbackChains.Timer => "timer",
            _ => TypeNames.Short(name),
        } + method;
    }

    [GeneratedRegex(@"^System\.[^(]* \((?!(?:lambda in )?(?:System|Microsoft)\.)")]
    private static partial Regex Calls();

    // An async method's variables are the programmer's, although the framework boxes them.
    [GeneratedRegex(@"^(System|Microsoft)\.(?!.*AsyncStateMachineBox)")]
    private static partial Regex Frameworks();

    [GeneratedRegex(@"^System\.Collections\.[^<+]*(<.*>)?$|^System\.Lazy<|^System\.Threading\.ThreadLocal<(?:(?!>\+).)*$"
        + @"|^System\.Threading\.Channels\.")]
    private static partial Regex Collections();

    [GeneratedRegex(@"\[,*\]$|^System\.Collections\.[^<]*\+|^System\.Collections\..*>\+\w+$|^System\.Collections\.Generic\.LinkedListNode"
        + @"|^System\.Collections\.Concurrent\.ConcurrentQueueSegment|^System\.Runtime\.CompilerServices\.StrongBox"
        + @"|^System\.Threading\.CancellationTokenSource\+Registrations|^System\.Threading\.Tasks\.Task(<.*>)?$|^System\.LazyHelper"
        + @"|^System\.Threading\.TimerQueue(\[\])?$|^System\.Threading\.ThreadLocal<.*>\+|^System\.Threading\.AsyncLocalValueMap\+"
        + @"|^System\.Collections\.Immutable\.SortedInt32KeyNode<")]
    private static partial Regex Plumbing();
}
