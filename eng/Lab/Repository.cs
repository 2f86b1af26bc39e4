using System.Diagnostics;

namespace Shop.Lab;

/// <summary>The Shop's own source folder, and builds of it.</summary>
internal static class Repository
{
    private const string Solution = "Shop.sln";
    private const int ErrorLines = 5;

    /// <summary>The folder of the solution that this program was built from.</summary>
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Builds a project and what it runs in Release; what is up to date is only looked at.</summary>
    /// <exception cref="LabException">The build failed; the message has its first errors.</exception>
    public static async Task BuildReleaseAsync(string project, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["build", Path.Combine(Folder, project), "-c", "Release", "-v", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        using var build = Process.Start(start)!;
        try
        {
            var output = await build.StandardOutput.ReadToEndAsync(cancellationToken);
            await build.WaitForExitAsync(cancellationToken);
            if (build.ExitCode != 0)
                throw new LabException($"The Release build of {project} failed: {Errors(output)}");
        }
        finally
        {
            if (!build.HasExited)
                build.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A project's assembly in Release.</summary>
    public static string ReleaseAssembly(string project) => Path.Combine(Folder, project, "bin", "Release", "net10.0", $"{Path.GetFileName(project)}.dll");

    private static string Errors(string output)
        => string.Join(' ', output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(ErrorLines));

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }
        throw new LabException($"The proof builds the services from their sources, and {Solution} is in no folder above {AppContext.BaseDirectory}.");
    }
}
