using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A service under proof and what feeds it.</summary>
internal sealed record ProofSubject(IProofTarget Target, ICaseFeed Feed);
