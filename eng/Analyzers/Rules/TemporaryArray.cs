using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>An array as large as the data, for one call.</summary>
internal sealed class TemporaryArray() : Rule(
    "SHOP5007", isCertain: false, "An array as large as the data is allocated for each call",
    "'{0}' allocates an array of the data's size that only this call needs: rent it, or copy in chunks",
    "Documents/Downloads")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.IsConstruction || body.Owner.IsProgram())
            return;
        foreach (var array in body.Arrays)
        {
            if (array is { DimensionSizes.Length: 1, Initializer: null, Type: IArrayTypeSymbol type }
                && type.ElementType.SpecialType == SpecialType.System_Byte && !array.DimensionSizes[0].ConstantValue.HasValue
                && !array.IsImplicit && IsTemporary(array, body))
            {
                report(At(array, body.Owner.Name));
            }
        }
    }

    // The memory of a stream, or filled by a read; anything else may need an array of that very length.
    private static bool IsTemporary(IArrayCreationOperation array, Body body)
    {
        var takers = array.Uses(body).Select(use => (use.User, Taker: use.User.Taker())).ToList();
        return takers.Exists(use => IsStream(use.Taker) || IsRead(use.Taker))
            && takers.TrueForAll(use => use.Taker is IInvocationOperation { TargetMethod: var method } && method.IsFramework()
                || IsStream(use.Taker) || use.User is IPropertyReferenceOperation { Property.Name: "Length" });
    }

    private static bool IsStream(IOperation? taker)
        => taker is IObjectCreationOperation creation && creation.Type.Is("System.IO", "MemoryStream");

    private static bool IsRead(IOperation? taker)
        => taker is IInvocationOperation read
            && read.TargetMethod.Name is "ReadExactly" or "ReadExactlyAsync" or "ReadAtLeast" or "ReadAtLeastAsync"
            && read.TargetMethod.ContainingType.Is("System.IO", "Stream");
}
