using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>
/// Names the static fields. Since .NET 9 they are slots of arrays that a handle keeps alive, which tell nothing; ClrMD knows where a
/// type's fields lie (dotnet-dump's gcroot names the wrong one on .NET 10).
/// </summary>
internal sealed class StaticFields(HeapSnapshot snapshot, HeapGraph graph, StaticArrays arrays)
{
    /// <summary>A static field that holds an object.</summary>
    /// <param name="Slot">Where it lies.</param>
    /// <param name="Target">The object's address.</param>
    internal sealed record StaticField(ulong Slot, ulong Target, string Name, bool IsOfFramework, bool IsOfThread);

    /// <summary>All that hold an object, thread statics among them.</summary>
    public IReadOnlyList<StaticField> Find()
    {
        var fields = new List<StaticField>();
        var known = new HashSet<ulong>();
        Add(fields, Types().Where(type => known.Add(type.MethodTable)));
        // The rest takes a few megabytes more to read.
        if (arrays.Unnamed(fields.Select(field => field.Slot).ToHashSet()).Any())
            Add(fields, arrays.Types().Where(type => known.Add(type.MethodTable)));
        return fields;
    }

    private void Add(List<StaticField> fields, IEnumerable<ClrType> types)
    {
        var threads = snapshot.Runtime.Threads.Where(thread => thread.IsAlive).ToArray();
        foreach (var type in types)
        {
            foreach (var field in type.StaticFields.Where(HoldsObject))
                Add(fields, type, field, field.GetAddress(type.Module.AppDomain), isOfThread: false);
            foreach (var field in type.ThreadStaticFields.Where(HoldsObject))
            {
                foreach (var thread in threads)
                    Add(fields, type, field, field.GetAddress(thread), isOfThread: true);
            }
        }
    }

    private void Add(List<StaticField> fields, ClrType type, ClrField field, ulong slot, bool isOfThread)
    {
        if (slot == 0 || TargetOf(field, slot) is not (var target and > 0))
            return;
        var name = $"{(isOfThread ? "thread static" : "static")} {TypeNames.Short(type.Name ?? "?")}.{TypeNames.Field(field.Name ?? "?")}";
        fields.Add(new(slot, target, name, Frameworks.Contain(type.Module), isOfThread));
    }

    // A struct's field is an address within its box.
    private ulong TargetOf(ClrField field, ulong slot)
        => field.IsValueType && graph.Find(slot) is var box and not HeapGraph.Null && !graph.LayoutOf(box).Type.IsArray
            ? graph.AddressOf(box)
            : snapshot.Runtime.DataTarget.DataReader.ReadPointer(slot);

    // The modules list the types that they define; what is made of a generic one is known by its objects, or as the owner of a slot.
    private IEnumerable<ClrType> Types()
        => snapshot.Runtime.EnumerateModules().SelectMany(module => module.EnumerateTypesWithStaticFields())
            .Concat(graph.Types.SelectMany(layout => Bases(layout.Type)).Where(type => type.Name?.Contains('<') == true));

    private static IEnumerable<ClrType> Bases(ClrType type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    // A struct lies in a box, except one that holds no object at all.
    private static bool HoldsObject(ClrField field) => field.IsObjectReference || (field.IsValueType && !field.IsPrimitive);
}
