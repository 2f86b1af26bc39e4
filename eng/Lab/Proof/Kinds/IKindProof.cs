using Shop.Lab.Proof.Report;

namespace Shop.Lab.Proof.Kinds;

/// <summary>How the cases of one kind are measured and judged.</summary>
internal interface IKindProof
{
    /// <summary>Measures each variant, and what must stay flat beside them, and judges it.</summary>
    Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken);
}
