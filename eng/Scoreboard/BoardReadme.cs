namespace Shop.Scoreboard;

/// <summary>The scoreboard in eng/Analyzers/README.md, between two comments.</summary>
internal static class BoardReadme
{
    private const string Start = "<!-- facts: scoreboard board -->\n";
    private const string End = "<!-- end of facts -->\n";

    public static string Path { get; } = System.IO.Path.Combine(Repository.Folder, "eng", "Analyzers", "README.md");

    /// <summary>The README as it should be.</summary>
    public static string Update(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return start >= 0 && end > start
            ? text[..(start + Start.Length)] + Board.Ours.ToMarkdown() + text[end..]
            : throw new InvalidOperationException($"{Path} needs the lines {Start.TrimEnd()} and {End.TrimEnd()}.");
    }

    public static void Write() => File.WriteAllText(Path, Update(File.ReadAllText(Path)));
}
