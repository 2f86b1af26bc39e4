using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A statement whose text varies is prepared: the driver and the server keep each text.</summary>
internal sealed class VaryingStatement() : Rule(
    "SHOP4012", isCertain: true, "A statement whose text varies is prepared",
    "'{0}' prepares another statement for each text, and driver and server keep them all: put what varies into parameters",
    "Orders/PreparedStatements")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name is "Prepare" or "PrepareAsync" && invocation.Receiver() is { } command
                && command.Type.Derives("System.Data.Common", "DbCommand") && TextsOf(command, body).Any(text => Varies(text, body)))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    private static IEnumerable<IOperation> TextsOf(IOperation command, Body body)
    {
        if (command.Origin(body) is IObjectCreationOperation creation)
        {
            foreach (var argument in creation.Arguments)
            {
                if (argument.Value.Type?.SpecialType == SpecialType.System_String)
                    yield return argument.Value;
            }
        }
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.Name: "CommandText" })
                yield return assignment.Value;
        }
    }

    private static bool Varies(IOperation text, Body body)
    {
        text = text.Origin(body);
        return !text.ConstantValue.HasValue && text switch
        {
            IInterpolatedStringOperation interpolated => interpolated.Parts.Any(part => part is IInterpolationOperation
            {
                Expression: { ConstantValue.HasValue: false } value,
            } && IsInput(value)),
            IBinaryOperation concatenation => Varies(concatenation.LeftOperand, body) || Varies(concatenation.RightOperand, body)
                || IsInput(concatenation.RightOperand.Bare()) || IsInput(concatenation.LeftOperand.Bare()),
            IInvocationOperation call => call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue
                && argument.Value.WithDescendants().Any(IsInput)),
            _ => false,
        };
    }

    // What a caller gives; names of tables in fields and constants are few.
    private static bool IsInput(IOperation value) => value.WithDescendants().Any(part => part is IParameterReferenceOperation
        or ILocalReferenceOperation { Local.IsConst: false } && !part.ConstantValue.HasValue);
}
