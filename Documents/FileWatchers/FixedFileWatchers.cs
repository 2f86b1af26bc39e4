using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Shop.Documents.Data;

namespace Shop.Documents.FileWatchers;

/// <summary>
/// One provider with one inotify instance for the life of the process, however many requests there are; both are released with the host.
/// </summary>
internal sealed partial class FixedFileWatchers : IFileWatchers, IDisposable
{
    private readonly TitleTemplates _templates;
    private readonly PhysicalFileProvider _files;
    private readonly IDisposable? _changes;

    public FixedFileWatchers(TitleTemplates templates, ILogger<FixedFileWatchers> logger)
    {
        _templates = templates;
        _files = new PhysicalFileProvider(templates.Folder);
        try
        {
            // FIX: watched once: after each change, OnChange itself asks for the token of the next one.
            _changes = ChangeToken.OnChange(() => _files.Watch(TitleTemplates.Pattern), templates.Read);
        }
        catch (IOException exception)
        {
            // Other processes of the user may have used up the inotify instances. The titles matter more than their edits.
            LogUnwatched(logger, templates.Folder, exception);
        }
    }

    public string TemplateOf(DocumentKind kind) => _templates[kind];

    public void Dispose()
    {
        _changes?.Dispose();
        _files.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "{Folder} cannot be watched: edited templates are used after a restart")]
    private static partial void LogUnwatched(ILogger logger, string folder, Exception exception);
}
