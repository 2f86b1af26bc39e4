using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A request waits for a place in a queue although its client may have left.</summary>
internal sealed class WaitWithoutToken() : Rule(
    "SHOP3002", isCertain: false, "Waits for a full queue without a token",
    "While the queue is full, '{0}' waits here for a caller that may have left: pass its token, or refuse",
    "Orders/OrderDispatch")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Method is not { } method || !method.Parameters.Any(parameter => IsToken(parameter.Type)))
            return;
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name == "WriteAsync"
                && invocation.Instance?.Type.Is("System.Threading.Channels", "ChannelWriter") == true
                && !invocation.Arguments.Any(IsToken))
            {
                report(At(invocation, method.Name));
            }
        }
    }

    private static bool IsToken(IArgumentOperation argument)
        => argument.ArgumentKind != ArgumentKind.DefaultValue && IsToken(argument.Parameter?.Type)
            && argument.Value.Bare() is not (IPropertyReferenceOperation { Property.Name: "None" } or IDefaultValueOperation);

    private static bool IsToken(ITypeSymbol? type) => type.Is("System.Threading", "CancellationToken");
}
