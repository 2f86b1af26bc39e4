using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>What a rule may report at the end, if a condition then holds.</summary>
internal sealed class Candidate(object rule, Diagnostic diagnostic, Func<bool> holds)
{
    public object Rule => rule;

    public Diagnostic Diagnostic => diagnostic;

    public bool Holds => holds();
}
