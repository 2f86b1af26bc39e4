using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>What the steps of a path are called: fields by their names, delegates by their methods.</summary>
internal sealed partial class PathLabels(HeapSnapshot snapshot, HeapGraph graph, CallbackChains chains, EdgeNames names)
{
    private readonly Dictionary<(int Layout, int Slot), string> _edges = [];
    private readonly Dictionary<int, string> _types = [];
    private readonly Dictionary<int, (int Instance, int Static)?> _delegates = [];
    private readonly Dictionary<(int Layout, ulong Code), (string Label, bool IsOfFramework)> _methods = [];
    private readonly MethodCode _code = new(snapshot.Runtime);

    /// <summary>The field of an object, a struct's within it after a dot; an array's elements are <see cref="PathNode.Element"/>.</summary>
    public string EdgeOf(int item, int slot)
    {
        var layout = graph.LayoutOf(item);
        var key = (layout.Index, layout.FirstOf(slot));
        return _edges.TryGetValue(key, out var edge) ? edge : _edges[key] = NameOf(layout, key.Item2, TargetOf(item, slot));
    }

    /// <summary>An object's type.</summary>
    public string TypeOf(int item)
    {
        var layout = graph.LayoutOf(item);
        if (PointersOf(layout) is { } pointers)
            return Delegate(item, layout, pointers).Label;
        if (chains.CallOf(item) is { } call)
            return Link(layout, call.Callback, call.State);
        return _types.TryGetValue(layout.Index, out var type) ? type : _types[layout.Index] = string.Intern(layout.Type.Name ?? "?");
    }

    // In a method of its own: what a lambda uses would be allocated for each reference.
    private string NameOf(ObjectLayout layout, int slot, ClrType target)
        => names.Of(layout.Type.Name ?? "?", slot, () => Describe(layout, layout.OffsetOf(slot), target));

    private ClrType TargetOf(int item, int slot) => graph.LayoutOf(graph.SlotsOf(item)[slot]).Type;

    private static string Describe(ObjectLayout layout, long offset, ClrType target)
    {
        // The head and the tail of a queue are one collection: what the tail holds today, the head holds tomorrow.
        if (!layout.HasElements)
        {
            return Frameworks.IsCollection(layout.Type.Name)
                ? PathNode.Collection
                : FieldAt(layout.Type, (int)offset - sizeof(ulong), target);
        }
        // A dictionary's values are told from its keys by their types.
        if (Frameworks.IsCollection(layout.Type.Name))
            return PathNode.Element;
        var element = layout.Type.ComponentType;
        var isStruct = element is { IsValueType: true };
        return isStruct ? $"{PathNode.Element}.{FieldAt(element!, (int)offset - (2 * sizeof(ulong)), target)}" : PathNode.Element;
    }

    private static string FieldAt(ClrType type, int offset, ClrType target)
    {
        // A number's only field is of its own type.
        var field = type.Fields.Where(field => field.Offset <= offset && !field.IsPrimitive).MaxBy(field => field.Offset);
        if (field is null)
            return "?";
        // The head and the tail of a chain lead to the same links.
        if (IsLink(target) && type.Fields.FirstOrDefault(other => other.IsObjectReference && TypeOf(other) == target) is { } first)
            field = first;
        var name = TypeNames.Field(field.Name ?? "?");
        return field.IsValueType && TypeOf(field) is { Fields.Length: > 0 } inner
            ? $"{name}.{FieldAt(inner, offset - field.Offset, target)}"
            : name;
    }

    // By the names of its fields first: ClrMD takes milliseconds to find the type of one.
    private static bool IsLink(ClrType type)
        => type.Fields.Any(field => field.IsObjectReference && NextInChain().IsMatch(field.Name ?? "") && TypeOf(field) == type);

    private static ClrType? TypeOf(ClrField field)
    {
        try
        {
            return field.Type;
        }
        catch (Exception exception) when (exception.GetType() == typeof(Exception))
        {
            // ClrMD throws nothing more special for a signature that it does not know.
            return null;
        }
    }

    private (string Label, bool IsOfFramework) Delegate(int item, ObjectLayout layout, (int Instance, int Static) pointers)
    {
        var code = CodeOf(item, pointers);
        if (_methods.TryGetValue((layout.Index, code), out var known))
            return known;
        var method = _code.Find(code);
        var name = method is null ? "" : $" ({TypeNames.Method(method.Type.Name ?? "?", method.Name ?? "?")})";
        return _methods[(layout.Index, code)] = (string.Intern(layout.Type.Name + name), Frameworks.Contain(method?.Type.Module));
    }

    // An instance method's code; a static one's is in the second field, the first leads to a stub there.
    private ulong CodeOf(int item, (int Instance, int Static) pointers)
    {
        var address = graph.AddressOf(item);
        var code = snapshot.Memory.ReadPointer(address + (ulong)pointers.Static);
        return code == 0 ? snapshot.Memory.ReadPointer(address + (ulong)pointers.Instance) : code;
    }

    // A timer or registration by the application's method that it calls, or by the object of the framework that it was made for.
    private string Link(ObjectLayout layout, int callback, int state)
    {
        var type = layout.Type.Name ?? "?";
        if ((MethodOf(callback) ?? MethodOf(state)) is { } method)
            return string.Intern(type + method);
        var purpose = state == HeapGraph.Null || graph.LayoutOf(state).Type.Name == "System.Object" ? TargetOf(callback) : state;
        return purpose == HeapGraph.Null ? type : string.Intern($"{type} ({TypeNames.Short(graph.LayoutOf(purpose).Type.Name ?? "?")})");
    }

    // After the delegate's type; null if it is none or calls the framework.
    private string? MethodOf(int item)
        => item != HeapGraph.Null && graph.LayoutOf(item) is var layout && PointersOf(layout) is { } pointers
            && Delegate(item, layout, pointers) is { IsOfFramework: false, Label: var label }
            && label.IndexOf(" (", StringComparison.Ordinal) is var method and > 0
                ? label[method..]
                : null;

    private int TargetOf(int callback)
        => callback != HeapGraph.Null && graph.LayoutOf(callback) is var layout
            && layout.Type.GetFieldByName("_target") is { } target && layout.SlotAt(target.Offset + sizeof(ulong)) is var slot and >= 0
                ? graph.SlotsOf(callback)[slot]
                : HeapGraph.Null;

    private (int Instance, int Static)? PointersOf(ObjectLayout layout)
        => _delegates.TryGetValue(layout.Index, out var known) ? known : _delegates[layout.Index] = FindPointers(layout.Type);

    private static (int Instance, int Static)? FindPointers(ClrType type)
    {
        if (type.BaseType?.Name != "System.MulticastDelegate")
            return null;
        return type.GetFieldByName("_methodPtr") is { } instance && type.GetFieldByName("_methodPtrAux") is { } @static
            ? (instance.Offset + sizeof(ulong), @static.Offset + sizeof(ulong))
            : null;
    }

    [GeneratedRegex("next|prev", RegexOptions.IgnoreCase)]
    private static partial Regex NextInChain();
}
