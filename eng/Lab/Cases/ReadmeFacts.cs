namespace Shop.Lab.Cases;

/// <summary>The facts of the cases in the READMEs.</summary>
internal static class ReadmeFacts
{
    private const string Command = "lab cases --markdown";

    /// <summary>The facts in the repository's README, then those in each case's.</summary>
    public static IReadOnlyList<ReadmeSection> All { get; } =
    [
        new("README.md", Command, CaseMarkdown.Table(CaseStudies.All)),
        .. CaseStudies.All.Select(study
            => new ReadmeSection($"{CaseStudies.FolderOf(study)}/README.md", Command, CaseMarkdown.Facts(study))),
    ];

    /// <summary>Prints the facts of every README, or writes them into it.</summary>
    public static void Publish(bool write)
    {
        foreach (var facts in All)
        {
            if (!write)
                Console.WriteLine(facts);
            else if (facts.Write())
                Console.WriteLine($"{facts.Readme} was changed.");
        }
    }
}
