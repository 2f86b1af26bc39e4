using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Shop.Scoreboard;

/// <summary>The projects below a folder, each compiled with those that it refers to. Packages other than the Shop's are missing.</summary>
internal sealed class Projects(string root)
{
    private readonly Dictionary<string, CSharpCompilation?> _compiled = new(StringComparer.Ordinal);

    /// <summary>The compilations; of the folder itself where it has no project.</summary>
    public IEnumerable<CSharpCompilation> Compile()
    {
        var files = Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFullPath)
            .Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            return [Sources.Compile(Path.GetFileName(root), Sources.In(root))];
        var folders = files.ConvertAll(file => Path.GetDirectoryName(file)!);
        // A project in the folder of another would be compiled twice.
        return files.Where(file => !folders.Exists(other
                => file.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal) && other != Path.GetDirectoryName(file)))
            .DistinctBy(Path.GetDirectoryName).Select(Compile).OfType<CSharpCompilation>();
    }

    private CSharpCompilation? Compile(string file)
    {
        if (_compiled.TryGetValue(file, out var known))
            return known;
        // Null while it is compiled, should projects refer to each other.
        _compiled[file] = null;
        var folder = Path.GetDirectoryName(file)!;
        var references = XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "ProjectReference")
            .Select(element => (string?)element.Attribute("Include")).OfType<string>()
            .Select(include => Path.GetFullPath(Path.Combine(folder, include.Replace('\\', '/')))).Where(File.Exists)
            .Select(Compile).OfType<CSharpCompilation>();
        return _compiled[file] = Sources.Compile(Path.GetFileNameWithoutExtension(file), Sources.In(folder), [.. references]);
    }
}
