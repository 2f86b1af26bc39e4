using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A text is built as a string only to be encoded and written.</summary>
internal sealed class LineThroughString() : Rule(
    "SHOP5009", isCertain: false, "A text is built only to be encoded",
    "'{0}' builds this text as a string and as an array, only to write its bytes: format it into the buffer, e.g. with Utf8.TryWrite",
    "Documents/LogFormatting")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name == "GetBytes" && invocation.TargetMethod.ContainingType.Derives("System.Text", "Encoding")
                && invocation.Arguments.Length == 1 && IsBuilt(invocation.Arguments[0].Value.Origin(body))
                && invocation.Uses(body).All(use => IsWrite(use.User.Taker())))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    private static bool IsBuilt(IOperation text) => !text.ConstantValue.HasValue && text switch
    {
        IInterpolatedStringOperation interpolated => interpolated.Parts.Any(part => part is IInterpolationOperation),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } => true,
        IInvocationOperation { TargetMethod: var method } => method.ReturnType.SpecialType == SpecialType.System_String
            && (method.ContainingType.SpecialType == SpecialType.System_String || method.ContainingType.Name == "StringBuilder"
                || (method.DeclaredAccessibility == Accessibility.Private && method.IsInSource())),
        _ => false,
    };

    private static bool IsWrite(IOperation? taker) => taker is IInvocationOperation { TargetMethod.Name: var name }
        && (name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal)
            || name.StartsWith("Send", StringComparison.Ordinal));
}
