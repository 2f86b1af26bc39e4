using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Cases;

/// <summary>The cases whose folder differs from the branch main, in commits or in the working tree.</summary>
internal static class ChangedCases
{
    private const string Main = "main";

    /// <summary>Compares a clone of the Shop with its own main.</summary>
    /// <exception cref="LabException">git cannot compare them.</exception>
    public static async Task<IReadOnlyList<CaseStudy>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var fork = (await GitAsync(folder, ["merge-base", Main, "HEAD"], cancellationToken)).Trim();
        var changed = await GitAsync(folder, ["diff", "--name-only", fork], cancellationToken);
        var untracked = await GitAsync(folder, ["ls-files", "--others", "--exclude-standard"], cancellationToken);
        var files = (changed + untracked).Split('\n');
        return [.. CaseStudies.All.Where(study => files.Any(
            file => file.StartsWith($"{CaseStudies.FolderOf(study)}/", StringComparison.Ordinal)))];
    }

    private static async Task<string> GitAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Repository.RunAsync("git", arguments, folder, cancellationToken);
        return exitCode == 0 ? output : throw new LabException($"git {string.Join(' ', arguments)}: {output.Trim()}");
    }
}
