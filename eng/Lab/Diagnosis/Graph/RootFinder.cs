using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Finds the roots of a graph and names them.</summary>
internal sealed class RootFinder(HeapSnapshot snapshot, HeapGraph graph)
{
    private const string CallSites = "Microsoft.Extensions.DependencyInjection.ServiceLookup.";

    /// <summary>The roots.</summary>
    public HeapRoots Find()
    {
        var arrays = new StaticArrays(snapshot, graph);
        var fields = new StaticFields(snapshot, graph, arrays).Find();
        var roots = new List<HeapRoot>();
        foreach (var field in fields)
        {
            var isApplications = !field.IsOfFramework && !field.IsOfThread;
            Add(roots, field.Target, isApplications ? RootGroup.Application : RootGroup.Framework, field.Name);
        }
        foreach (var item in arrays.Unnamed(fields.Select(field => field.Slot).ToHashSet()))
        {
            var isString = graph.LayoutOf(item).Type.IsString;
            roots.Add(new(item, RootGroup.Unnamed, isString ? "interned strings" : "static field without a name"));
        }
        foreach (var root in snapshot.Roots)
        {
            if (NameOf(root) is { } name && !arrays.Items.Contains(graph.Find(root.Target)))
                Add(roots, root.Target, root.Handle is null ? RootGroup.Work : RootGroup.Handle, name);
        }
        AddSingletons(roots, arrays.Items);
        return new([.. roots.OrderBy(root => root.Group).ThenBy(root => root.Name, StringComparer.Ordinal)], arrays.Items);
    }

    private void Add(List<HeapRoot> roots, ulong target, RootGroup group, string name)
    {
        if (graph.Find(target) is var item and not HeapGraph.Null)
            roots.Add(new(item, group, name));
    }

    // A container keeps a singleton in the call site that made it, many steps from any static field.
    private void AddSingletons(List<HeapRoot> roots, IReadOnlySet<int> arrays)
    {
        var values = graph.Types.ToDictionary(layout => layout.Index, ValueSlot);
        if (values.Values.All(slot => slot < 0))
            return;
        var reachable = Reachability.Of(graph, roots, arrays);
        for (var item = 0; item < graph.Count; item++)
        {
            var slot = values[graph.LayoutOf(item).Index];
            if (slot >= 0 && reachable[item] && graph.SlotsOf(item)[slot] is var value and not HeapGraph.Null)
                roots.Add(new(value, RootGroup.Application, $"singleton {NameOf(value)}"));
        }
    }

    private string NameOf(int item) => TypeNames.Short(graph.LayoutOf(item).Type.Name ?? "?");

    private static int ValueSlot(ObjectLayout layout)
        => layout.Type.Name is { } name && name.StartsWith(CallSites, StringComparison.Ordinal)
            && name.EndsWith("CallSite", StringComparison.Ordinal)
            && layout.Type.GetFieldByName("<Value>k__BackingField") is { } field
                ? layout.SlotAt(field.Offset + sizeof(ulong))
                : -1;

    private static string? NameOf(CapturedRoot root) => (root.Handle, root.Kind) switch
    {
        (ClrHandleKind.WeakShort or ClrHandleKind.WeakLong or ClrHandleKind.WeakWinRT or ClrHandleKind.Dependent, _) => null,
        ({ } kind, _) => $"handle ({kind})",
        (_, ClrRootKind.FinalizerQueue) => "finalizer queue",
        _ => $"stack of {MethodName(root.Frame?.Method)}",
    };

    private static string MethodName(ClrMethod? method)
        => method is null ? "the runtime" : TypeNames.Method(method.Type.Name ?? "?", method.Name ?? "?");
}
