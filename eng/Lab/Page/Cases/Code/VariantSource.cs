using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Code;

/// <summary>The source of one variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Files">Its files, relative to the repository.</param>
/// <param name="Text">What they contain, one after the other.</param>
internal sealed record VariantSource(CaseVariant Variant, IReadOnlyList<string> Files, string Text)
{
    /// <summary>Reads the variants that the case has, in display order.</summary>
    public static IReadOnlyList<VariantSource> ReadAll(CaseStudy study)
        => [.. CaseVariants.All.Select(variant => Read(study, variant)).OfType<VariantSource>()];

    private static VariantSource? Read(CaseStudy study, CaseVariant variant)
    {
        string[] files = [.. FoldersOf(study, variant).SelectMany(folder => FilesIn(folder, $"{variant.Name()}{study.Id}"))];
        return files.Length == 0 ? null : new(variant, files, string.Join("\n", files.Select(ReadFile)));
    }

    // A published fix that would return wrong data exists only beside the case's tests.
    private static IEnumerable<string> FoldersOf(CaseStudy study, CaseVariant variant)
        => variant == CaseVariant.Published
            ? [CaseStudies.FolderOf(study), $"Tests/{CaseStudies.ProjectOf(study.Service)}"]
            : [CaseStudies.FolderOf(study)];

    // A class in several files has a suffix in each name but the first.
    private static IEnumerable<string> FilesIn(string folder, string name)
    {
        var path = Path.Combine(Repository.Folder, folder);
        if (!Directory.Exists(path))
            return [];
        var files = Directory.EnumerateFiles(path, $"{name}*.cs").Select(file => $"{folder}/{Path.GetFileName(file)}");
        return files.Order(StringComparer.Ordinal);
    }

    private static string ReadFile(string file)
        => File.ReadAllText(Path.Combine(Repository.Folder, file)).ReplaceLineEndings("\n").TrimEnd();
}
