using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>A case in a report, as the report has it: nothing is judged again.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="IsProven">Whether all is as catalogued.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Threshold">The value up to which a variant counts as flat; null without a verdict.</param>
/// <param name="Seconds">How long the proof took.</param>
/// <param name="Time">The comparison of times; null where there is none.</param>
/// <param name="Defects">The tests that show the published fix's defects.</param>
/// <param name="Variants">The variants and the control.</param>
/// <param name="Measured">When it was measured; null in a report that does not say.</param>
internal sealed record ProvenCase(
    string Case, string Verdict, bool IsProven, string Unit, double? Threshold, double Seconds, TimeComparison? Time,
    IReadOnlyList<DefectTest> Defects, IReadOnlyList<ProvenVariant> Variants, DateTimeOffset? Measured = null);
