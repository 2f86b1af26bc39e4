using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>A copy of the services, and of the Published variants that only the tests may run, with the analyzers of others.</summary>
internal static partial class CaseCopy
{
    /// <summary>The compiler's log, one in each project's folder.</summary>
    public const string Log = "analyzers.sarif";

    private const string Tests = "Tests";

    // The paths below the copy are those of the repository.
    private static readonly string[] Shared = ["ServiceDefaults"];
    private static readonly string[] Files = ["Directory.Build.props", "Directory.Packages.props", "global.json"];

    /// <summary>Writes the copy into a folder and returns the project whose build builds all of it.</summary>
    public static string Create(string folder)
    {
        foreach (var file in Files)
            File.Copy(Path.Combine(Repository.Folder, file), Path.Combine(folder, file));
        foreach (var project in Services.Folders.Concat(Shared))
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, project), "*", SearchOption.AllDirectories)
                .Where(file => !IsBuilt(file)))
                CopyTo(folder, file);
        }
        foreach (var file in TestVariants())
            CopyTo(folder, file);
        Targets().Save(Path.Combine(folder, "Directory.Build.targets"));
        File.WriteAllLines(Path.Combine(folder, ".globalconfig"),
            ["is_global = true", "dotnet_analyzer_diagnostic.severity = none",
            .. OtherRules.Ids.Select(id => $"dotnet_diagnostic.{id}.severity = warning")]);
        // The services show their internal types to an assembly of this name.
        var path = Path.Combine(folder, Tests, $"{Tests}.csproj");
        Project().Save(path);
        return path;
    }

    /// <summary>The Published variants in the tests' folders, with the files of the types that they name.</summary>
    internal static IReadOnlyCollection<string> TestVariants()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in Services.Folders)
        {
            var known = Directory.EnumerateFiles(Path.Combine(Repository.Folder, Tests, service), "*.cs")
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!);
            var open = new Stack<string>(
                known.Values.Where(file => Path.GetFileName(file).StartsWith(Variant.Published, StringComparison.Ordinal)));
            while (open.TryPop(out var file))
            {
                if (!found.Add(file))
                    continue;
                foreach (Match word in Words().Matches(File.ReadAllText(file)))
                {
                    if (known.TryGetValue(word.Value, out var other))
                        open.Push(other);
                }
            }
        }
        return found;
    }

    private static bool IsBuilt(string file)
        => Path.GetRelativePath(Repository.Folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static void CopyTo(string folder, string file)
    {
        var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Folder, file));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
    }

    private static XElement Targets() => new("Project",
        new XElement("PropertyGroup",
            new XElement("TreatWarningsAsErrors", "false"),
            new XElement("EnforceCodeStyleInBuild", "false"),
            new XElement("ErrorLog", $"$(MSBuildProjectDirectory)/{Log},version=2.1")),
        new XElement("ItemGroup",
            OtherRules.Packages.Select(package => new XElement("PackageReference",
                new XAttribute("Include", package), new XAttribute("PrivateAssets", "all")))));

    private static XElement Project() => new("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("ItemGroup",
            new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App")),
            Services.Folders.Select(service => new XElement("ProjectReference",
                new XAttribute("Include", $"../{service}/{service}.csproj")))));

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();
}
