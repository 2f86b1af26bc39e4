namespace Shop.Lab.Cases;

/// <summary>A README and the facts in it, which are generated between two comments.</summary>
/// <param name="Readme">The path, relative to the repository.</param>
/// <param name="Markdown">The facts.</param>
internal sealed record ReadmeFacts(string Readme, string Markdown)
{
    private const string Start = "<!-- facts: lab cases --markdown -->\n";
    private const string End = "<!-- end of facts -->\n";

    /// <summary>The facts in the repository's README, then those in each case's.</summary>
    public static IReadOnlyList<ReadmeFacts> All { get; } =
    [
        new("README.md", CaseMarkdown.Table(CaseStudies.All)),
        .. CaseStudies.All.Select(study => new ReadmeFacts($"{CaseStudies.FolderOf(study)}/README.md", CaseMarkdown.Facts(study))),
    ];

    /// <summary>Prints the facts of every README, or writes them into it.</summary>
    public static void Publish(bool write)
    {
        foreach (var facts in All)
        {
            if (!write)
                Console.WriteLine($"{facts.Readme}\n{Start}{facts.Markdown}{End}");
            else if (facts.Write())
                Console.WriteLine($"{facts.Readme} was changed.");
        }
    }

    /// <summary>The README's text without the facts; throws if the README has no place for them.</summary>
    public (string Before, string After) Split(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return start >= 0 && end > start
            ? (text[..(start + Start.Length)], text[end..])
            : throw new LabException(
                $"{Readme} needs the lines {Start.TrimEnd()} and {End.TrimEnd()}: the facts are written between them.");
    }

    /// <summary>The README's text with the current facts.</summary>
    public string Update(string text)
    {
        var (before, after) = Split(text);
        return before + Markdown + after;
    }

    private bool Write()
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
