namespace Shop.Lab.Cases;

/// <summary>What a command writes into a README, between two comments.</summary>
/// <param name="Readme">The path, relative to the repository.</param>
/// <param name="Command">The command, which the first comment names.</param>
/// <param name="Markdown">The text.</param>
internal sealed record ReadmeSection(string Readme, string Command, string Markdown)
{
    private const string End = "<!-- end of facts -->\n";

    private string Start => $"<!-- facts: {Command} -->\n";

    /// <summary>The text with its comments.</summary>
    public override string ToString() => $"{Readme}\n{Start}{Markdown}{End}";

    /// <summary>The README's text without the section; throws if the README has no place for it.</summary>
    public (string Before, string After) Split(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(End, start, StringComparison.Ordinal);
        return end > start
            ? (text[..(start + Start.Length)], text[end..])
            : throw new LabException(
                $"{Readme} needs the lines {Start.TrimEnd()} and {End.TrimEnd()}: the facts are written between them.");
    }

    /// <summary>The README's text with the current section.</summary>
    public string Update(string text)
    {
        var (before, after) = Split(text);
        return before + Markdown + after;
    }

    /// <summary>Whether the README had another text.</summary>
    public bool Write()
    {
        var path = Path.Combine(Repository.Folder, Readme);
        var old = File.Exists(path) ? File.ReadAllText(path) : throw new LabException($"{Readme} does not exist.");
        var text = Update(old);
        if (text == old)
            return false;
        File.WriteAllText(path, text);
        return true;
    }
}
