using Shop.Lab.Proof.Report;

namespace Shop.Lab.Proof;

/// <summary>How the cases of one kind are measured and judged.</summary>
internal interface IKindProof
{
    /// <summary>Measures each variant, and what must stay flat beside them, and judges it.</summary>
    Task<IReadOnlyList<VariantResult>> RunAsync(ProofTargets targets, CancellationToken cancellationToken);
}
