namespace Shop.Scoreboard;

/// <summary>The Shop's own source folder.</summary>
internal static class Repository
{
    /// <summary>The services, whose folders have the cases.</summary>
    public static IReadOnlyList<string> Services { get; } = ["Orders", "Payments", "Documents", "Sessions"];

    /// <summary>The folder of the solution that this program was built from.</summary>
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"Shop.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
