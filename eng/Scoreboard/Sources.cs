using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Shop.Scoreboard;

/// <summary>Compiles C# files with the references of this process; a compilation may have errors, which analyzers must bear.</summary>
internal static class Sources
{
    /// <summary>The implicit usings of a web project.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <summary>The C# files of a folder, without what was built.</summary>
    public static IEnumerable<string> In(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal);

    /// <param name="name">The assembly's name, by which others show it their internal types.</param>
    /// <param name="paths">The files.</param>
    /// <param name="projects">What it refers to besides.</param>
    public static CSharpCompilation Compile(string name, IEnumerable<string> paths, IEnumerable<CSharpCompilation>? projects = null)
        => Compile(name, paths.Select(path => (path, File.ReadAllText(path))))
            .AddReferences((projects ?? []).Select(project => project.ToMetadataReference()));

    /// <inheritdoc cref="Compile(string, IEnumerable{string}, IEnumerable{CSharpCompilation})"/>
    public static CSharpCompilation Compile(string name, IEnumerable<(string Path, string Text)> files)
    {
        var trees = files.Append(("Usings.g.cs", Usings))
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Item2), ParseOptions, file.Item1));
        // Findings that are suppressed count too: the scoreboard asks what a rule finds, the build what remains.
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true,
            reportSuppressedDiagnostics: true);
        return CSharpCompilation.Create(name, trees, References(name), options);
    }

    /// <summary>What this process runs with, without the assembly that is compiled.</summary>
    public static IEnumerable<MetadataReference> References(string name)
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != name)
            .Select(path => MetadataReference.CreateFromFile(path));
}
