using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>What was written to pooled memory is copied to a new array of the same size.</summary>
internal sealed class PooledThenCopied() : Rule(
    "SHOP5004", isCertain: false, "Pooled memory is copied to a new array",
    "'{0}' copies what is in pooled memory to a new array, which costs as much as without a pool: write to the destination instead",
    "Documents/Reports")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var array in body.Arrays)
        {
            if (array.Initializer is null && array.Local() is { } copy && array.IsReturned(body)
                && body.Invocations.Exists(call => CopiesTo(call, copy) && SourceOf(call) is { } source && IsPooled(source, body)))
            {
                report(At(array, body.Owner.Name));
            }
        }
    }

    private static bool CopiesTo(IInvocationOperation call, ILocalSymbol copy)
        => call.TargetMethod.Name is "CopyTo" or "Copy" or "BlockCopy" or "TryCopyTo"
            && call.Arguments.Any(argument => argument.Value.WithDescendants().Any(part => part.Symbol().Is(copy)));

    private static ILocalSymbol? SourceOf(IInvocationOperation call)
        => (call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null))?.WithDescendants()
            .OfType<ILocalReferenceOperation>().Select(reference => reference.Local).FirstOrDefault();

    // Rented, or given back at the end of a using statement.
    private static bool IsPooled(ILocalSymbol source, Body body)
    {
        foreach (var variable in body.Variables)
        {
            if (!variable.Symbol.Is(source))
                continue;
            return variable.Parent?.Parent?.Parent is IUsingDeclarationOperation || variable.Parent?.Parent?.Parent is IUsingOperation
                || variable.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation
                || variable.Initializer?.Value.Bare() is IInvocationOperation { TargetMethod.Name: "Rent" };
        }
        return false;
    }
}
