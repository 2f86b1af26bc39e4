using System.ComponentModel;
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
        // A node of MSBuild that is kept for later builds may also keep the output open, whose end this waits for.
        var (exitCode, output) = await RunAsync(
            "dotnet", ["build", Path.Combine(Folder, project), "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false"], Folder,
            cancellationToken);
        if (exitCode != 0)
            throw new LabException($"The Release build of {project} failed: {Errors(output)}");
    }

    /// <summary>Runs a program and returns what it printed; kills it and its children if that is cancelled.</summary>
    /// <exception cref="LabException">This machine does not have it.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A project's assembly in Release.</summary>
    public static string ReleaseAssembly(string project)
        => Path.Combine(Folder, project, "bin", "Release", "net10.0", $"{Path.GetFileName(project)}.dll");

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new LabException($"{start.FileName} cannot be run: {exception.Message}");
        }
    }

    private static string Errors(string output)
        => string.Join(' ', output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(ErrorLines));

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }
        throw new LabException(
            $"The proof builds the services from their sources, and {Solution} is in no folder above {AppContext.BaseDirectory}.");
    }
}
