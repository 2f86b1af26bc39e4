using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof;

/// <summary>A service under proof and what feeds it.</summary>
internal sealed record ProofSubject(IProofTarget Target, ICaseFeed Feed);
