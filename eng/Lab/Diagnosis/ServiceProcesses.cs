using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Shop.Lab.Cases;

namespace Shop.Lab.Diagnosis;

/// <summary>Finds the process of a service of the running Shop.</summary>
internal static class ServiceProcesses
{
    /// <exception cref="LabException">There is none, or there are several.</exception>
    public static int Find(string service)
    {
        var project = CaseStudies.ProjectOf(service);
        var found = DiagnosticsClient.GetPublishedProcesses().Where(processId => Runs(processId, project)).Order().ToArray();
        return found switch
        {
            [var processId] => processId,
            [] => throw new LabException($"No process of this user runs {service}. Is the Shop running?", CommandLine.Unreadable),
            _ => throw new LabException(
                string.Create(CultureInfo.InvariantCulture, $"Several processes run {service}, name one: {string.Join(", ", found)}."),
                CommandLine.Unreadable),
        };
    }

    private static bool Runs(int processId, string project)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Split('\0')
                .Any(argument => argument == project || argument.EndsWith($"/{project}", StringComparison.Ordinal)
                    || argument.EndsWith($"/{project}.dll", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // It has ended since.
            return false;
        }
    }
}
