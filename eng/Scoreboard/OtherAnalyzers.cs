using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Shop.Scoreboard;

/// <summary>Analyzers that exist, from the packages of this project and from the SDK, with all of their rules.</summary>
/// <param name="Name">The column of the scoreboard.</param>
/// <param name="Files">Their assemblies.</param>
internal sealed record OtherAnalyzers(string Name, IReadOnlyList<string> Files)
{
    /// <summary>Those that this machine has.</summary>
    public static IReadOnlyList<OtherAnalyzers> All { get; } =
    [
        new("NetAnalyzers", InSdk("Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll", "Microsoft.CodeAnalysis.NetAnalyzers.dll")),
        new("Sonar", InPackage("SonarAnalyzerPath")),
        new("Roslynator", InPackage("RoslynatorPath")),
        new("Meziantou", InPackage("MeziantouPath")),
        new("VS.Threading", InPackage("ThreadingPath")),
    ];

    /// <summary>The analyzers; types that this process cannot load are left out.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Load()
    {
        foreach (var file in Files)
            Loader.Default.AddDependencyLocation(file);
        return [.. Files.SelectMany(file => new AnalyzerFileReference(file, Loader.Default).GetAnalyzers(LanguageNames.CSharp))];
    }

    private static List<string> InPackage(string key)
    {
        var path = typeof(OtherAnalyzers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
        var all = Directory.EnumerateFiles(Path.Combine(path, "analyzers"), "*.dll", SearchOption.AllDirectories).ToList();
        // A package may have a folder for each version of the compiler: the newest that this process can load.
        var newest = all.Select(Path.GetDirectoryName).Where(folder => folder!.Contains("roslyn", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).LastOrDefault();
        return [.. all.Where(file => (newest is null || Path.GetDirectoryName(file) == newest)
            && !file.Contains("CodeFix", StringComparison.Ordinal) && !file.EndsWith("resources.dll", StringComparison.Ordinal))];
    }

    private static List<string> InSdk(params string[] names)
    {
        var dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var sdk = Directory.EnumerateDirectories(Path.Combine(dotnet, "sdk"), "10.*").Order(StringComparer.Ordinal).Last();
        return [.. names.Select(name => Path.Combine(sdk, "Sdks", "Microsoft.NET.Sdk", "analyzers", name))];
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Default { get; } = new();

        private readonly HashSet<string> _folders = [];

        private Loader() => AppDomain.CurrentDomain.AssemblyResolve += (_, missing) => _folders
            .Select(folder => Path.Combine(folder, $"{new AssemblyName(missing.Name).Name}.dll")).Where(File.Exists)
            .Select(Assembly.LoadFrom).FirstOrDefault();

        public void AddDependencyLocation(string fullPath) => _folders.Add(Path.GetDirectoryName(fullPath)!);

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
