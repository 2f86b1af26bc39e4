using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>A variant of a case, by the name of its file: <c>LeakyDocumentCache.cs</c>.</summary>
/// <param name="Case">The case.</param>
/// <param name="Name">Leaky, Published or Fixed.</param>
/// <param name="Path">The file, relative to the repository.</param>
internal sealed record Variant(string Case, string Name, string Path)
{
    public const string Leaky = "Leaky";
    public const string Published = "Published";
    public const string Fixed = "Fixed";

    /// <summary>The variants of all services, and those that only the tests may run.</summary>
    public static IReadOnlyList<Variant> All { get; } = [.. Find()];

    /// <summary>The lines of the comments that name a defect, from 1.</summary>
    public IReadOnlyList<int> Defects { get; } = [.. File.ReadLines(System.IO.Path.Combine(Repository.Folder, Path))
        .Select((line, index) => (line, index)).Where(at => at.line.TrimStart().StartsWith("// DEFECT:", StringComparison.Ordinal))
        .Select(at => at.index + 1)];

    /// <summary>The line of the statement below a comment.</summary>
    public int StatementBelow(int comment)
    {
        var lines = File.ReadAllLines(System.IO.Path.Combine(Repository.Folder, Path));
        while (lines[comment - 1].TrimStart() is var text && (text.StartsWith("//", StringComparison.Ordinal) || text.StartsWith('[')))
            comment++;
        return comment;
    }

    private static IEnumerable<Variant> Find()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Folder, "*Case.cs", SearchOption.AllDirectories))
        {
            var folder = Directory.GetParent(file)!;
            var service = folder.Parent!.Name;
            if (!Services.Folders.Contains(service) || System.IO.Path.GetFileName(file) != $"{folder.Name}Case.cs")
                continue;
            foreach (var name in new[] { Leaky, Published, Fixed })
            {
                foreach (var candidate in new[] { folder.FullName, System.IO.Path.Combine(Repository.Folder, "Tests", service) })
                {
                    var path = System.IO.Path.Combine(candidate, $"{name}{folder.Name}.cs");
                    if (File.Exists(path))
                        yield return new(folder.Name, name, System.IO.Path.GetRelativePath(Repository.Folder, path));
                }
            }
        }
    }
}
