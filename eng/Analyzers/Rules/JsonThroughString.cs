using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A body is serialized to a string, which is then encoded to an array: three times its size.</summary>
internal sealed class JsonThroughString() : Rule(
    "SHOP5001", isCertain: false, "JSON goes through a string",
    "'{0}' holds this JSON as a string and as an array before it is sent: serialize to the stream, e.g. with JsonContent",
    "Payments/PaymentPayload")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var creation in body.Creations)
        {
            if (creation.Type.Is("System.Net.Http", "StringContent") && creation.Arguments.Length > 0)
                Inspect(creation, creation.Arguments[0].Value, body, report);
        }
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name == "GetBytes" && invocation.TargetMethod.ContainingType.Derives("System.Text", "Encoding")
                && invocation.Arguments.Length == 1)
            {
                Inspect(invocation, invocation.Arguments[0].Value, body, report);
            }
        }
    }

    private void Inspect(IOperation encoder, IOperation text, Body body, Action<Diagnostic> report)
    {
        // Used otherwise too, e.g. logged, the string is needed.
        if (text.Bare() is ILocalReferenceOperation local && body.ReferencesTo(local.Local).Count() > 1)
            return;
        if (text.Origin(body) is IInvocationOperation { TargetMethod: var method }
            && ((method.Name == "Serialize" && method.ContainingType.Is("System.Text.Json", "JsonSerializer"))
                || (method.Name == "SerializeObject" && method.ContainingType.Name == "JsonConvert")))
        {
            report(At(encoder, body.Owner.Name));
        }
    }
}
