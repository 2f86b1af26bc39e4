using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>An HttpClient with a handler of its own for one call: each leaves a closed socket.</summary>
internal sealed class ClientPerCall() : Rule(
    "SHOP2001", isCertain: false, "A client for each call leaves its socket",
    "'{0}' creates a client with connections of its own for one call, and each leaves a socket in TIME_WAIT: use IHttpClientFactory",
    "Payments/PaymentGateway")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.IsConstruction || body.Owner.IsProgram())
            return;
        foreach (var creation in body.Creations)
        {
            if (creation.Type.Is("System.Net.Http", "HttpClient") && HasOwnHandler(creation, body) && IsForOneCall(creation, body))
                report(At(creation, body.Owner.Name));
        }
    }

    private static bool HasOwnHandler(IObjectCreationOperation creation, Body body)
        => creation.Arguments.Length == 0 || creation.Arguments[0].Value.Origin(body) is IObjectCreationOperation { Arguments.Length: 0 };

    // Only the receiver of calls, none of them in a loop.
    private static bool IsForOneCall(IObjectCreationOperation creation, Body body)
    {
        var uses = creation.Uses(body).ToList();
        return uses.Count > 0 && !creation.IsInLambda() && uses.TrueForAll(use => use.User switch
        {
            IInvocationOperation call => call.Instance?.Through() == use.Used.Bare() && !(call.IsInLoop() && !creation.IsInLoop()),
            IPropertyReferenceOperation or IUsingOperation => true,
            _ => false,
        });
    }
}
