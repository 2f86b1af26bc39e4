using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>Something is taken from a pool and given back, and nothing else.</summary>
internal sealed class UnusedPooled() : Rule(
    "SHOP5008", isCertain: false, "Pooled and never used",
    "'{0}' takes this from a pool and only gives it back: use it, or leave it out",
    "Payments/PaymentPayload")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name is "Get" or "Rent"
                && invocation.TargetMethod.ContainingType.Name is "ObjectPool" or "ArrayPool"
                && invocation.Local() is not null && invocation.Uses(body).ToList() is var uses
                && uses.TrueForAll(use => use.User.Taker() is IInvocationOperation { TargetMethod.Name: "Return" }))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }
}
