using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>What the steps of a path are called: fields by their names, delegates by their methods.</summary>
internal sealed class PathLabels(HeapSnapshot snapshot, HeapGraph graph)
{
    private readonly Dictionary<(int Layout, int Slot), string> _edges = [];
    private readonly Dictionary<int, string> _types = [];
    private readonly Dictionary<int, (int Instance, int Static)?> _delegates = [];
    private readonly Dictionary<(int Layout, ulong Code), string> _methods = [];
    private readonly MethodCode _code = new(snapshot.Runtime);

    /// <summary>The field of an object, a struct's within it after a dot; an array's elements are <see cref="PathNode.Element"/>.</summary>
    public string EdgeOf(int item, int slot)
    {
        var layout = graph.LayoutOf(item);
        var key = (layout.Index, layout.FirstOf(slot));
        return _edges.TryGetValue(key, out var edge) ? edge : _edges[key] = string.Intern(Describe(layout, layout.OffsetOf(key.Item2)));
    }

    /// <summary>An object's type.</summary>
    public string TypeOf(int item)
    {
        var layout = graph.LayoutOf(item);
        if (PointersOf(layout) is { } pointers)
            return Delegate(item, layout, pointers);
        return _types.TryGetValue(layout.Index, out var type) ? type : _types[layout.Index] = string.Intern(layout.Type.Name ?? "?");
    }

    private static string Describe(ObjectLayout layout, long offset)
    {
        if (!layout.HasElements)
        {
            var field = FieldAt(layout.Type, (int)offset - sizeof(ulong));
            return IsOfCollection(layout.Type) ? PathNode.Collection : field;
        }
        var element = layout.Type.ComponentType;
        var isStruct = element is { IsValueType: true };
        return isStruct ? $"{PathNode.Element}.{FieldAt(element!, (int)offset - (2 * sizeof(ulong)))}" : PathNode.Element;
    }

    // The head and the tail of a queue are one collection: what the tail holds today, the head holds tomorrow.
    private static bool IsOfCollection(ClrType type) => type.Name?.StartsWith("System.Collections.", StringComparison.Ordinal) == true;

    private static string FieldAt(ClrType type, int offset)
    {
        // A number's only field is of its own type.
        var field = type.Fields.Where(field => field.Offset <= offset && !field.IsPrimitive).MaxBy(field => field.Offset);
        if (field is null)
            return "?";
        var name = TypeNames.Field(field.Name ?? "?");
        return field.IsValueType && field.Type is { Fields.Length: > 0 } inner ? $"{name}.{FieldAt(inner, offset - field.Offset)}" : name;
    }

    private string Delegate(int item, ObjectLayout layout, (int Instance, int Static) pointers)
    {
        // An instance method's code; a static one's is in the second field, the first leads to a stub there.
        var address = graph.AddressOf(item);
        var code = snapshot.Memory.ReadPointer(address + (ulong)pointers.Static);
        if (code == 0)
            code = snapshot.Memory.ReadPointer(address + (ulong)pointers.Instance);
        if (_methods.TryGetValue((layout.Index, code), out var label))
            return label;
        var method = _code.Find(code);
        var name = method is null ? "" : $" ({TypeNames.Method(method.Type.Name ?? "?", method.Name ?? "?")})";
        return _methods[(layout.Index, code)] = string.Intern(layout.Type.Name + name);
    }

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
}
