using System.Globalization;

namespace Shop.Lab.Page.Alerts;

/// <summary>The reports of diagnoses that alerts have asked for. The oldest are deleted.</summary>
/// <param name="path">The folder. Only this user can read it.</param>
/// <param name="time">The clock.</param>
internal sealed class DiagnosisFolder(string path, TimeProvider time)
{
    /// <summary>The number of reports that are kept.</summary>
    public const int MaxReports = 20;

    /// <summary>The size of the reports that are kept, in bytes; the last one is kept whatever its size.</summary>
    public const long MaxBytes = 10 * 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Deletes the oldest reports, and names the file of a new one.</summary>
    public string Reserve(string service)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        var size = 0L;
        var reports = new DirectoryInfo(path).GetFiles("*.md").OrderByDescending(file => file.LastWriteTimeUtc);
        foreach (var (index, report) in reports.Index())
        {
            size += report.Length;
            if (index >= MaxReports - 1 || (index > 0 && size > MaxBytes))
                report.Delete();
        }
        return Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{service}-{time.GetUtcNow():yyyyMMdd-HHmmss}.md"));
    }
}
