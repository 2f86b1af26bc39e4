using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Shop.Scoreboard;

/// <summary>Runs analyzers over a compilation.</summary>
internal static class Analysis
{
    /// <summary>The findings of all rules, whatever their severity. An exception of an analyzer is thrown.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="analyzers">The analyzers.</param>
    /// <param name="root">The folder of the <c>.editorconfig</c>.</param>
    /// <param name="isStrict">False for analyzers of others: an exception there is theirs.</param>
    public static ImmutableArray<Diagnostic> Run(
        CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, string root, bool isStrict = true)
    {
        var all = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct()
            .ToDictionary(id => id, _ => ReportDiagnostic.Warn);
        var enabled = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(all));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new EditorConfig(root)), onAnalyzerException: null, concurrentAnalysis: true,
            logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var found = enabled.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        if (isStrict && found.FirstOrDefault(finding => finding.Id.StartsWith("AD", StringComparison.Ordinal)) is { } failure)
            throw new InvalidOperationException(failure.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        return [.. found.Where(finding => finding.Location.IsInSource)];
    }
}
