using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Shop.Tests.Cases;

/// <summary>A service's folders depend on each other in one direction.</summary>
public sealed partial class FolderTests
{
    [Theory]
    [InlineData("Sessions")]
    public void FoldersDoNotDependOnEachOtherInACircle(string project)
    {
        var root = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", project));
        var uses = Directory.GetDirectories(root).Select(folder => Path.GetFileName(folder)!).ToDictionary(folder => folder, folder => Uses(project, Path.Combine(root, folder)));
        // Removes a folder that depends on none of those that are left, until there is no such folder.
        while (uses.Keys.FirstOrDefault(folder => !uses[folder].Any(used => used != folder && uses.ContainsKey(used))) is { } independent)
            uses.Remove(independent);
        Assert.Empty(uses);
    }

    private static HashSet<string> Uses(string project, string folder)
        => [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => UsingPattern().Matches(File.ReadAllText(file)))
            .Where(match => match.Groups["project"].Value == project).Select(match => match.Groups["folder"].Value)];

    private static string ThisFolder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    [GeneratedRegex(@"^using Shop\.(?<project>\w+)\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();
}
