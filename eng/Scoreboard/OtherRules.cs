namespace Shop.Scoreboard;

/// <summary>The analyzers of others, and those of their rules that are about memory.</summary>
internal static class OtherRules
{
    /// <summary>Their packages; NetAnalyzers come with the SDK. The versions are those of Directory.Packages.props.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        ["Meziantou.Analyzer", "Microsoft.VisualStudio.Threading.Analyzers", "Roslynator.Analyzers", "SonarAnalyzer.CSharp"];

    /// <summary>Disposal, blocking, unobserved tasks, tokens, locks, caches, large or needless copies.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        // NetAnalyzers
        "CA1001", "CA1816", "CA1821", "CA1835", "CA1844", "CA1849", "CA1851", "CA1869", "CA2000", "CA2002", "CA2008", "CA2012", "CA2016",
        "CA2025", "CA2100", "CA2213", "CA2215",
        // Meziantou.Analyzer
        "MA0032", "MA0040", "MA0042", "MA0045", "MA0055", "MA0064", "MA0079", "MA0080", "MA0100", "MA0129", "MA0134", "MA0147", "MA0155",
        // Roslynator
        "RCS1090", "RCS1133", "RCS1229", "RCS1261",
        // SonarAnalyzer
        "S1215", "S2445", "S2551", "S2696", "S2930", "S2931", "S2952", "S3168", "S3881", "S4462", "S4586", "S5034", "S6966",
        // VS.Threading
        "VSTHRD002", "VSTHRD003", "VSTHRD100", "VSTHRD101", "VSTHRD103", "VSTHRD105", "VSTHRD107", "VSTHRD110", "VSTHRD114",
    ];
}
