using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A rule. An instance lives as long as the compilation that it reads.</summary>
/// <param name="id">The id of the rule.</param>
/// <param name="isCertain">A warning by default; otherwise a hint.</param>
/// <param name="title">What is wrong.</param>
/// <param name="message">What is wrong with {0}, and what to do.</param>
/// <param name="case">The folder of the case that it would have caught.</param>
/// <param name="atEnd">Reported when the whole compilation has been read.</param>
internal abstract class Rule(string id, bool isCertain, string title, string message, string @case, bool atEnd = false)
{
    /// <summary>The category of all rules, by which <c>.editorconfig</c> sets their severity.</summary>
    public const string Category = "Memory";

    public DiagnosticDescriptor Descriptor { get; } = Describe(id, isCertain, title, message, @case, atEnd);

    /// <summary>Called for each member, concurrently.</summary>
    public virtual void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
    }

    /// <summary>Called once, when all members have been read.</summary>
    public virtual void Conclude(Facts facts, Action<Diagnostic> report)
    {
    }

    /// <summary>Reports at the end, if the condition then holds.</summary>
    protected void Suspect(Facts facts, Diagnostic diagnostic, Func<bool> holds)
        => facts.Candidates.Enqueue(new Candidate(this, diagnostic, holds));

    /// <summary>Reports what this rule suspected.</summary>
    protected void ReportCandidates(Facts facts, Action<Diagnostic> report)
    {
        foreach (var candidate in facts.Candidates)
        {
            if (candidate.Rule == this && candidate.Holds)
                report(candidate.Diagnostic);
        }
    }

    protected Diagnostic At(SyntaxNode node, string subject) => Diagnostic.Create(Descriptor, node.GetLocation(), subject);

    protected Diagnostic At(IOperation operation, string subject) => At(operation.Syntax, subject);

    internal static DiagnosticDescriptor Describe(string id, bool isCertain, string title, string message, string @case, bool atEnd)
        => new(id, title, message, Category, isCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, isEnabledByDefault: true,
            helpLinkUri: $"{@case}/README.md", customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
