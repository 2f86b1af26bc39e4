using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>A query of a DbSet: the methods called on it, from the set to the last one.</summary>
internal sealed class Query
{
    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);

    private Query(IInvocationOperation last) => Last = last;

    public IInvocationOperation Last { get; }

    /// <summary>Loads all rows of the query.</summary>
    public bool IsLoaded => Last.TargetMethod.Name is "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync";

    public bool Has(params string[] methods) => methods.Any(_methods.Contains);

    /// <summary>The calls on a DbSet that end with this one; null if it is none, or its beginning is not in the member.</summary>
    public static Query? Of(IInvocationOperation last, Body body)
    {
        var query = new Query(last);
        return query.ReadFrom(last, body, hops: 0) ? query : null;
    }

    private bool ReadFrom(IOperation? operation, Body body, int hops)
    {
        for (operation = operation?.Through(); operation is IInvocationOperation call; operation = call.Receiver())
        {
            if (IsSet(call))
                return true;
            _methods.Add(call.TargetMethod.Name);
        }
        if (IsSet(operation))
            return true;
        if (operation is not ILocalReferenceOperation { Local: var local } || hops > 2)
            return false;
        var isSet = false;
        foreach (var variable in body.Variables)
        {
            if (variable.Symbol.Is(local) && variable.Initializer is { } initializer)
                isSet |= ReadFrom(initializer.Value, body, hops + 1);
        }
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target.Symbol().Is(local))
                ReadFrom(assignment.Value, body, hops + 1);
        }
        return isSet;
    }

    private static bool IsSet(IOperation? operation) => operation?.Type.Is("Microsoft.EntityFrameworkCore", "DbSet") == true;
}
