namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>A number that a holder limits itself to.</summary>
/// <param name="Field">The field that has it, after its type.</param>
/// <param name="Value">The number.</param>
internal sealed record Bound(string Field, long Value);
