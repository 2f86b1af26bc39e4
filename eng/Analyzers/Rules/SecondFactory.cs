using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A pooled factory is added after another one, and so not at all.</summary>
internal sealed class SecondFactory() : Rule(
    "SHOP4010", isCertain: true, "A second factory of contexts is not added",
    "'{0}' has a factory already, so this one is not added and no context is ever reused: add only the pooled one",
    "Orders/OrderRepository", atEnd: true)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _unpooled = new(SymbolEqualityComparer.Default);

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.TypeArguments.FirstOrDefault() is not { } context || !context.IsDbContext())
                continue;
            if (invocation.TargetMethod.Name == "AddDbContextFactory")
                _unpooled[context] = true;
            else if (invocation.TargetMethod.Name == "AddPooledDbContextFactory")
                Suspect(facts, At(invocation, context.Name), () => _unpooled.ContainsKey(context));
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);
}
