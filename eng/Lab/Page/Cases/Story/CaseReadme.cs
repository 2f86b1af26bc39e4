using System.Text.RegularExpressions;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Story;

/// <summary>The README of a case: what it tells beyond the facts of <see cref="CaseStudy"/>.</summary>
internal sealed partial class CaseReadme
{
    private const string SymptomMark = "**Symptom.**";
    private const string Fence = "```";
    private const string ItemMark = "- ";
    private readonly string _text;

    private CaseReadme(string text) => _text = text;

    /// <summary>Reads it from the repository.</summary>
    public static CaseReadme Read(CaseStudy study)
        => new(File.ReadAllText(Path.Combine(Repository.Folder, CaseStudies.FolderOf(study), "README.md")).ReplaceLineEndings("\n"));

    /// <summary>What is seen from outside.</summary>
    public string Symptom => SectionAfter(SymptomMark, "\n\n") is { } text ? Plain(text) : "";

    /// <summary>What the code does wrong, and the lines that matter.</summary>
    public IReadOnlyList<ReadmeBlock> RootCause => Section("Root cause");

    /// <summary>The defects of the published fix; empty if the article has none.</summary>
    public IReadOnlyList<ReadmeBlock> PublishedFix => [.. Section("The published fix"), .. Section("The published settings")];

    private IReadOnlyList<ReadmeBlock> Section(string title)
        => SectionAfter($"\n## {title}\n", "\n## ") is { } text ? [.. Split(text)] : [];

    private string? SectionAfter(string start, string end)
    {
        var from = _text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
            return null;
        from += start.Length;
        var to = _text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? _text[from..] : _text[from..to];
    }

    // Code stands between fences, so every second part is code.
    private static IEnumerable<ReadmeBlock> Split(string section)
        => section.Split(Fence).SelectMany((part, index) => index % 2 == 0 ? SplitText(part) : [Code(part)]);

    private static IEnumerable<ReadmeBlock> SplitText(string text)
        => text.Split("\n\n").SelectMany(SplitParagraph).Where(block => block.Lines.Count > 0);

    // A list may follow its introduction without an empty line.
    private static IEnumerable<ReadmeBlock> SplitParagraph(string text)
    {
        string[] parts = [.. ItemStart().Split(text).Select(Plain).Where(part => part.Length > 0)];
        return parts.GroupBy(part => part.StartsWith(ItemMark, StringComparison.Ordinal)).Select(group => group.Key
            ? new ReadmeBlock(ReadmeBlockKind.List, [.. group.Select(item => item[ItemMark.Length..])])
            : new ReadmeBlock(ReadmeBlockKind.Paragraph, [.. group]));
    }

    private static ReadmeBlock Code(string fenced) => new(ReadmeBlockKind.Code, WithoutLanguage(fenced).Split('\n'));

    private static string WithoutLanguage(string code) => code[(code.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd();

    // Emphasis and links are left out, back ticks stay: they stand for code.
    private static string Plain(string text) => Emphasis().Replace(Link().Replace(text.Trim(), "$1"), "$2").ReplaceLineEndings(" ");

    [GeneratedRegex(@"\n(?=- )")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*{1,2})(?=\S)([^*`]+?)(?<=\S)\1")]
    private static partial Regex Emphasis();
}
