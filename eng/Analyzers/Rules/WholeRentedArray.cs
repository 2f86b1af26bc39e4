using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>The whole of a rented array is used, which is longer than asked for and has what its previous user left.</summary>
internal sealed class WholeRentedArray() : Rule(
    "SHOP5003", isCertain: true, "A rented array is used as a whole",
    "'{0}' uses all of a rented array, which may be longer than asked for and holds what its previous user left: give offset and length",
    "Payments/PaymentPayload", atEnd: true)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _rented = new(SymbolEqualityComparer.Default);

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var rent in body.Invocations)
        {
            if (!IsRent(rent))
                continue;
            if (rent.User() is IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields })
                _rented[fields[0]] = true;
            else if (rent.User() is IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties })
                _rented[properties[0]] = true;
            else if (rent.User() is IAssignmentOperation { Target: IMemberReferenceOperation member })
                _rented[member.Member] = true;
            foreach (var (user, _) in rent.Uses(body))
            {
                if (!IsWhole(user.Taker(), rent))
                    continue;
                Suspect(facts, At(user!, body.Owner.Name), () => true);
                foreach (var (reader, _) in user.Taker()!.Uses(body))
                {
                    if (IsReadWhole(reader))
                        Suspect(facts, At(reader!, body.Owner.Name), () => true);
                }
            }
        }
        foreach (var reference in body.Storages)
        {
            if (reference.Type is IArrayTypeSymbol && reference.User() is var user && IsWhole(user.Taker(), rent: null))
                Suspect(facts, At(user!, body.Owner.Name), () => _rented.ContainsKey(reference.Member));
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    internal static bool IsRent(IInvocationOperation call)
        => call.TargetMethod.Name == "Rent" && call.TargetMethod.ContainingType.Is("System.Buffers", "ArrayPool");

    // `new MemoryStream(array)` writes within the array, but its length is the array's from the beginning.
    private static bool IsWhole(IOperation? taker, IOperation? rent) => taker switch
    {
        IObjectCreationOperation creation => creation.Type.Is("System.IO", "MemoryStream")
            && (creation.Arguments.Length == 1 || creation.Arguments.Length == 3 && IsLength(creation.Arguments[2].Value)),
        IInvocationOperation { TargetMethod: var method, Arguments: var arguments } call => call != rent
            && ((method.Name is "Write" or "WriteAsync" && arguments.Count(argument => argument.ArgumentKind != ArgumentKind.DefaultValue
                    && argument.Parameter?.Type.Name != "CancellationToken") == 1)
                || (method.Name == "ToArray" && method.ContainingType.Is("System.Linq", "Enumerable"))),
        _ => false,
    };

    private static bool IsLength(IOperation value)
        => value.Bare() is IPropertyReferenceOperation { Property.Name: "Length", Instance.Type: IArrayTypeSymbol };

    // What is read of such a stream is the whole array again.
    private static bool IsReadWhole(IOperation? reader) => reader is IInvocationOperation call
        && call.TargetMethod.Name is "ToArray" or "GetBuffer" or "WriteTo" && call.TargetMethod.ContainingType.Is("System.IO", "MemoryStream");
}
