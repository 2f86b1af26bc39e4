using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Code;

/// <summary>The variants of a case as they are in the repository, compared in pairs.</summary>
internal sealed class CaseCode
{
    private readonly Dictionary<CaseVariant, VariantSource> _sources;

    private CaseCode(IEnumerable<VariantSource> sources) => _sources = sources.ToDictionary(source => source.Variant);

    /// <summary>Reads the sources of a case.</summary>
    public static CaseCode Read(CaseStudy study) => new(VariantSource.ReadAll(study));

    /// <summary>The pairs whose sources exist, the default first; none of a case without variants.</summary>
    public IReadOnlyList<VariantPair> Pairs
        => [.. VariantPair.All.Where(pair => _sources.ContainsKey(pair.Left) && _sources.ContainsKey(pair.Right))];

    public VariantSource this[CaseVariant variant] => _sources[variant];

    /// <summary>The pair of this name, else the default; null if there is none.</summary>
    public VariantPair? Choose(string? name)
        => Pairs.OrderByDescending(pair => pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).FirstOrDefault();

    /// <summary>Compares two variants line by line.</summary>
    public IReadOnlyList<DiffRow> Compare(VariantPair pair)
    {
        var diff = SideBySideDiffBuilder.Diff(this[pair.Left].Text, this[pair.Right].Text, ignoreWhiteSpace: false);
        var (left, right) = (LinesOf(diff.OldText, this[pair.Left]), LinesOf(diff.NewText, this[pair.Right]));
        return [.. left.Zip(right, (old, @new) => new DiffRow(old, @new))];
    }

    private static IEnumerable<DiffLine> LinesOf(DiffPaneModel pane, VariantSource source)
    {
        var marks = SourceMarks.Of(source.Text.Split('\n'));
        return pane.Lines.Select(line => new DiffLine(
            line.Position, line.Text ?? "", ChangeOf(line.Type), line.Position is { } number ? marks[number - 1] : SourceMark.None));
    }

    private static LineChange ChangeOf(ChangeType type) => type switch
    {
        ChangeType.Deleted => LineChange.Removed,
        ChangeType.Inserted => LineChange.Added,
        ChangeType.Modified => LineChange.Changed,
        _ => LineChange.None,
    };
}
