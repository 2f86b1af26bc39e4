namespace Shop.Lab.Diagnosis.Report;

/// <summary>Strings whose content another string has too: one of each content is needed, the others are redundant.</summary>
/// <param name="Strings">All reachable strings.</param>
/// <param name="Contents">Contents that several strings have.</param>
/// <param name="Count">The redundant strings.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Holders">What holds most of those bytes, most first.</param>
/// <param name="Shown">The contents that waste most, most first; null unless the user asked for them.</param>
internal sealed record StringWaste(
    long Strings, long Contents, long Count, long Bytes, IReadOnlyList<StringHolder> Holders, IReadOnlyList<DuplicateContent>? Shown)
{
    private const long LeastBytes = 64 * 1024;

    /// <summary>Whether it is worth a line: every program has a few equal strings.</summary>
    public bool IsSignificant => Bytes >= LeastBytes;
}
