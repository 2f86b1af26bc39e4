using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A large array for each call, on the large object heap.</summary>
internal sealed class LargeArray() : Rule(
    "SHOP5006", isCertain: true, "A large array is allocated for each call",
    "'{0}' allocates {1} bytes on the large object heap for each call, which only a Gen2 collection frees: work in chunks, or rent it",
    "Documents/Reports")
{
    // From 85,000 bytes on, with the array's header.
    private const long Large = 84_976;

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.IsConstruction || body.Owner.IsProgram())
            return;
        foreach (var array in body.Arrays)
        {
            if (array.DimensionSizes.Length == 1 && array.Type is IArrayTypeSymbol type && array.Initializer is null)
                Inspect(array, array.DimensionSizes[0], SizeOf(type.ElementType), body, report);
        }
        foreach (var creation in body.Creations)
        {
            if (creation.Arguments.Length == 0 || creation.Type is not INamedTypeSymbol type)
                continue;
            if (type.Is("System.Buffers", "ArrayBufferWriter"))
                Inspect(creation, creation.Arguments[0].Value, SizeOf(type.TypeArguments[0]), body, report);
            else if (type.Is("System.IO", "MemoryStream"))
                Inspect(creation, creation.Arguments[0].Value, elementSize: 1, body, report);
        }
    }

    private void Inspect(IOperation allocation, IOperation length, long elementSize, Body body, Action<Diagnostic> report)
    {
        if (length.ConstantValue is not { HasValue: true, Value: int or long } constant)
            return;
        var bytes = Convert.ToInt64(constant.Value, System.Globalization.CultureInfo.InvariantCulture) * elementSize;
        if (bytes >= Large && !allocation.Uses(body).Any(use => use.User.IsStored()))
        {
            report(Diagnostic.Create(Descriptor, allocation.Syntax.GetLocation(), body.Owner.Name,
                bytes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private static long SizeOf(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        // References are as large; other structs at least a byte.
        _ => element.IsReferenceType || element.SpecialType != SpecialType.None ? 8 : 1,
    };
}
