using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A number of bytes limits a number of entries.</summary>
internal sealed class BytesAsCount() : Rule(
    "SHOP6006", isCertain: false, "Bytes are given as a number of entries",
    "'{0}' counts entries, and gets a number of bytes: the limit is never reached; weigh the entries, or give their number",
    "Documents/Thumbnails", atEnd: true)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _counts = new(SymbolEqualityComparer.Default);

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var reference in body.Storages)
        {
            if (reference.Member.Name == "Count" && reference.User(out var used) is IBinaryOperation comparison
                && (comparison.LeftOperand == used ? comparison.RightOperand : comparison.LeftOperand).Bare()
                    is IParameterReferenceOperation { Parameter: var limit })
            {
                _counts[limit] = true;
            }
        }
        foreach (var creation in body.Creations)
        {
            foreach (var argument in creation.Arguments)
            {
                if (argument.Parameter is { } parameter && parameter.IsInSource() && IsBytes(argument.Value))
                    Suspect(facts, At(argument, parameter.ContainingType.Name), () => _counts.ContainsKey(parameter));
            }
        }
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.Name: "SizeLimit" } target
                && target.Property.ContainingType.Name == "MemoryCacheOptions" && IsBytes(assignment.Value))
            {
                Suspect(facts, At(assignment, "SizeLimit"), () => true);
            }
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    private static bool IsBytes(IOperation value) => value.WithDescendants().Any(part => part switch
    {
        IMemberReferenceOperation member => member.Member.Name.EndsWith("Bytes", StringComparison.Ordinal),
        ILocalReferenceOperation local => local.Local.Name.EndsWith("Bytes", StringComparison.Ordinal),
        IParameterReferenceOperation parameter => parameter.Parameter.Name.EndsWith("Bytes", StringComparison.Ordinal),
        IInvocationOperation call => call.TargetMethod is { Name: "GetTotalMemory", ContainingType.Name: "GC" },
        _ => false,
    });
}
