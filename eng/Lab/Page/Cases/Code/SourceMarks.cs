namespace Shop.Lab.Page.Cases.Code;

/// <summary>
/// Finds the lines that the sources mark: <c>// LEAK:</c> and <c>// DEFECT:</c> are the ❌ of the READMEs, <c>// FIX:</c> is their ✅.
/// A mark covers its comment and the first line of code after it.
/// </summary>
internal static class SourceMarks
{
    private const string Comment = "//";
    private static readonly (string Text, SourceMark Mark)[] Marks =
    [
        ("// LEAK:", SourceMark.Bad), ("// DEFECT:", SourceMark.Bad), ("// FIX:", SourceMark.Good),
        ("❌", SourceMark.Bad), ("✅", SourceMark.Good),
    ];

    /// <summary>The mark of each line.</summary>
    public static IReadOnlyList<SourceMark> Of(IEnumerable<string> lines)
    {
        var marks = new List<SourceMark>();
        var open = SourceMark.None;
        foreach (var line in lines)
        {
            var own = OfLine(line);
            open = own == SourceMark.None ? open : own;
            marks.Add(open);
            if (!line.TrimStart().StartsWith(Comment, StringComparison.Ordinal))
                open = SourceMark.None;
        }
        return marks;
    }

    /// <summary>The mark that the line itself has.</summary>
    public static SourceMark OfLine(string line)
        => Marks.FirstOrDefault(mark => line.Contains(mark.Text, StringComparison.Ordinal)).Mark;

    /// <summary>The sign of a mark.</summary>
    public static string Sign(this SourceMark mark) => mark switch
    {
        SourceMark.Bad => "❌",
        SourceMark.Good => "✅",
        _ => "",
    };
}
