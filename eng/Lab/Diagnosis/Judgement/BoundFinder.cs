using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>
/// Looks for a bound in what holds a growth: from outside, a cache that fills up to its capacity grows as a leak does. A field is one by
/// its name and by a value that the number of objects has not reached.
/// </summary>
internal sealed partial class BoundFinder(HeapSnapshot snapshot, HeapGraph graph, PathTree tree)
{
    // A bounded structure is made of a few objects; what lies farther up bounds something else.
    private const int MaxHolders = 6;
    private const int ArrayHeader = 3 * sizeof(ulong);
    private const long Unlimited = 1_000_000_000;

    /// <summary>The bound of what accumulates; null if none is found.</summary>
    public Bound? Find(NodeGrowth growth)
    {
        var node = growth.Node;
        if ((LengthOf(growth) ?? OwnersOf(growth)) is { } bound)
            return bound;
        var holders = new HashSet<PathNode>();
        for (var holder = node.Parent; holder?.Parent is not null && holders.Count < MaxHolders; holder = holder.Parent)
            holders.Add(holder);
        for (var item = 0; item < graph.Count && holders.Count > 0; item++)
        {
            if (tree.Nodes[item] is { } held && holders.Remove(held) && Find(item, node.Count) is { } found)
                return found;
        }
        return null;
    }

    // An array that does not become longer, but is no collection's, which makes it longer when it is full: a ring or cache of the
    // programmer's own.
    private static Bound? LengthOf(NodeGrowth growth)
    {
        var array = growth.Node.Parent!;
        return array is { Parent: { } owner } && (owner.Parent is null || !Frameworks.Contain(owner.Type))
            && array.Type.EndsWith("[]", StringComparison.Ordinal)
            && growth.Earlier.All(node => node?.Parent is { } earlier && earlier.OwnBytes == array.OwnBytes)
            && (array.OwnBytes - (array.Count * ArrayHeader)) / sizeof(ulong) is var length && length > growth.Node.Count
                ? new(array.Edge.Length > 0 ? $"{array.Edge}[]" : "its array", length)
                : null;
    }

    private static Bound? OwnersOf(NodeGrowth growth)
        => growth is { IsFilling: true, Node.Parent: { } owner }
            ? new($"one for each {TypeNames.Short(owner.Type)}", owner.Count)
            : null;

    private Bound? Find(int item, long count)
        => Read(item, count) ?? OptionsOf(item).Select(options => Read(options, count)).FirstOrDefault(bound => bound is not null);

    private IEnumerable<int> OptionsOf(int item)
    {
        foreach (var target in graph.SlotsOf(item).ToArray())
        {
            if (target != HeapGraph.Null && OptionsType().IsMatch(graph.LayoutOf(target).Type.Name ?? ""))
                yield return target;
        }
    }

    private Bound? Read(int item, long count)
    {
        var type = graph.LayoutOf(item).Type;
        if (type.IsArray || type.IsString)
            return null;
        foreach (var field in type.Fields.Where(field => BoundName().IsMatch(TypeNames.Field(field.Name ?? ""))))
        {
            if (ValueOf(field, graph.AddressOf(item)) is { } value && value >= count && value < Unlimited && !IsRoom(item, value))
                return new($"{TypeNames.Short(type.Name ?? "?")}.{TypeNames.Field(field.Name!)}", value);
        }
        return null;
    }

    // What a stream or a builder of the framework has reserved, and will reserve more than.
    private bool IsRoom(int item, long value)
        => Frameworks.Contain(graph.LayoutOf(item).Type.Name ?? "") && graph.SlotsOf(item).ToArray().Any(target
            => target != HeapGraph.Null && graph.LayoutOf(target).Type is { IsArray: true, ComponentSize: > 0 and var element }
                && graph.SizeOf(target) / element is var length && length >= value && length <= value + (4 * sizeof(ulong)));

    private long? ValueOf(ClrInstanceField field, ulong address)
    {
        var reader = snapshot.Runtime.DataTarget.DataReader;
        return field.ElementType switch
        {
            ClrElementType.Int32 => reader.Read<int>(field.GetAddress(address)),
            ClrElementType.Int64 => reader.Read<long>(field.GetAddress(address)),
            _ => null,
        };
    }

    [GeneratedRegex("capacity|limit|bound|max[A-Z_]", RegexOptions.IgnoreCase)]
    private static partial Regex BoundName();

    [GeneratedRegex(@"(Options|Settings|Policy|Limits)(<.*>)?$")]
    private static partial Regex OptionsType();
}
