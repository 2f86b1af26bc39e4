using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A queue without a capacity, in something that lives as long as the process.</summary>
internal sealed class UnboundedQueue() : Rule(
    "SHOP1003", isCertain: false, "A long-lived queue has no capacity",
    "'{0}' grows without bound while its reader is slower than its writers: give it a capacity, and say what happens when it is full",
    "Sessions/ActivityLog", atEnd: true)
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name is "CreateUnbounded" or "CreateUnboundedPrioritized"
                && invocation.TargetMethod.ContainingType.Is("System.Threading.Channels", "Channel"))
            {
                Inspect(invocation, body, facts);
            }
        }
        foreach (var creation in body.Creations)
        {
            if (creation.Type.Is("System.Collections.Concurrent", "BlockingCollection")
                && !creation.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32))
            {
                Inspect(creation, body, facts);
            }
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    private void Inspect(IOperation queue, Body body, Facts facts)
    {
        var user = queue.User();
        if (user.IsStored() && MemberOf(user) is { } member)
            Suspect(facts, At(queue, member.Name), () => member.IsStatic || facts.Lifetimes.IsLongLived(member.ContainingType));
        else if (RegistrationOf(queue) is not null)
            Suspect(facts, At(queue, queue.Type?.Name ?? "queue"), () => true);
    }

    // `AddSingleton(Channel.CreateUnbounded<T>())`, or what a lambda returns there.
    private static IInvocationOperation? RegistrationOf(IOperation queue)
    {
        var user = queue.User();
        if (user is IReturnOperation)
            user = user.Function()?.User() is IDelegateCreationOperation created ? created.User() : user.Function()?.User();
        return user.Taker() is IInvocationOperation { TargetMethod.Name: "AddSingleton" or "AddKeyedSingleton" or "TryAddSingleton" } call
            ? call : null;
    }

    private static ISymbol? MemberOf(IOperation? user) => user switch
    {
        IAssignmentOperation assignment => assignment.Target.Symbol(),
        IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields } => fields[0],
        IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties } => properties[0],
        _ => null,
    };
}
