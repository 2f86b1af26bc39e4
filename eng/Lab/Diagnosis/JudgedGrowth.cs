using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Lab.Diagnosis;

/// <summary>A growth with what is said of it.</summary>
/// <param name="Growth">Where objects accumulate.</param>
/// <param name="Trace">The path to it.</param>
/// <param name="Verdict">What is said of it.</param>
/// <param name="Explanation">A hint, or why it is no leak.</param>
internal sealed record JudgedGrowth(NodeGrowth Growth, LeakTrace Trace, Verdict Verdict, string Explanation);
