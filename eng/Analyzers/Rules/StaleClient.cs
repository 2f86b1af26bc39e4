using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A client for the life of the process, whose connections may live as long.</summary>
internal sealed class StaleClient() : Rule(
    "SHOP2002", isCertain: true, "A long-lived client keeps old addresses",
    "'{0}' lives as long as the process, and a busy connection keeps its address as long: set PooledConnectionLifetime",
    "Payments/PaymentGateway", atEnd: true)
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var creation in body.Creations)
        {
            if (!creation.Type.Is("System.Net.Http", "HttpClient") || !KeepsAddresses(creation, body))
                continue;
            var member = creation.User() switch
            {
                IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields } => fields[0],
                IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties } => properties[0],
                IAssignmentOperation { Target: IMemberReferenceOperation { Member: var assigned } } => assigned,
                _ => null,
            };
            if (member is not null)
                Suspect(facts, At(creation, member.Name), () => member.IsStatic || facts.Lifetimes.IsLongLived(member.ContainingType));
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    // A handler from elsewhere may have a lifetime.
    private static bool KeepsAddresses(IObjectCreationOperation client, Body body)
        => client.Arguments.Length == 0
            || (client.Arguments[0].Value.Origin(body) is IObjectCreationOperation own
                && own.Type?.Name is "SocketsHttpHandler" or "HttpClientHandler"
                && !own.Descendants().Any(IsLifetime) && !body.Assignments.Exists(write => IsLifetime(write.Target)));

    private static bool IsLifetime(IOperation part) => part is IPropertyReferenceOperation { Property.Name: "PooledConnectionLifetime" };
}
