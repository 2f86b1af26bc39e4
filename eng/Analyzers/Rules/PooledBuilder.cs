using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A builder comes from a pool, and what is appended to it is a new string each time.</summary>
internal sealed class PooledBuilder() : Rule(
    "SHOP5010", isCertain: false, "Only the builder is pooled",
    "'{0}' pools the builder, and makes a string of each value that it appends: append the value, or an interpolated text",
    "Documents/LogFormatting")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (!body.Invocations.Exists(call => call.TargetMethod is { Name: "Get", ContainingType.Name: "ObjectPool" }
            && call.Type.Is("System.Text", "StringBuilder")))
            return;
        // One finding for the text, not one for each of its parts.
        var first = body.Invocations.Where(call => call.TargetMethod is { Name: "Append" or "AppendLine" } append
                && append.ContainingType.Is("System.Text", "StringBuilder") && call.Arguments.Length == 1)
            .Select(call => call.Arguments[0].Value.Bare()).Where(IsTextOfValue).OrderBy(text => text.Syntax.SpanStart).FirstOrDefault();
        if (first is not null)
            report(At(first, body.Owner.Name));
    }

    private static bool IsTextOfValue(IOperation? text)
    {
        // `value.ToString().Trim()`
        while (text is IInvocationOperation { Instance: { Type.SpecialType: SpecialType.System_String } whole })
            text = whole.Bare();
        return text is IInvocationOperation { TargetMethod.Name: "ToString", Instance.Type.IsValueType: true };
    }
}
