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
    private readonly ILogger<FixedFileWatchers> _logger;
    private readonly IDisposable _changes;

    public FixedFileWatchers(TitleTemplates templates, ILogger<FixedFileWatchers> logger)
    {
        _templates = templates;
        _logger = logger;
        _files = new PhysicalFileProvider(templates.Folder);
        // FIX: watched once: after each change, OnChange itself asks for the token of the next one.
        _changes = ChangeToken.OnChange(Watch, templates.Read);
    }

    public string TemplateOf(DocumentKind kind) => _templates[kind];

    public void Dispose()
    {
        _changes.Dispose();
        _files.Dispose();
    }

    private IChangeToken Watch()
    {
        try
        {
            return _files.Watch(TitleTemplates.Pattern);
        }
        catch (IOException exception)
        {
            // Others may have used up the user's inotify instances: at the start, or while a change was handled, since the provider closes
            // its instance then and opens another one. The titles matter more than their edits.
            LogUnwatched(_logger, _templates.Folder, exception);
            return NullChangeToken.Singleton;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Folder} cannot be watched: edited templates are used after a restart")]
    private static partial void LogUnwatched(ILogger logger, string folder, Exception exception);
}
