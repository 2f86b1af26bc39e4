using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Shop.Documents.Data;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.FileWatchers;

/// <summary>
/// Each request leaves a provider with an inotify instance, of which Linux grants a user 128 by default. When they are used up, no process
/// of the user can watch a file: requests fail here, and so does every service that reads its configuration with reload on change.
/// </summary>
internal sealed class LeakyFileWatchers(TitleTemplates templates) : IFileWatchers, ICaseState, IDisposable
{
    private readonly ConcurrentQueue<Watch> _watches = [];

    public long HeldItems => _watches.Count;

    public void Reset()
    {
        while (_watches.TryDequeue(out var watch))
            watch.Dispose();
    }

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: no inotify instance was left.")]
    public string TemplateOf(DocumentKind kind)
    {
#pragma warning disable CA2000 // Reset disposes the watch, which disposes its provider.
        var files = new PhysicalFileProvider(templates.Folder);
        // A change token reports only one change, so each request watches again.
        var changes = ChangeToken.OnChange(() => files.Watch(TitleTemplates.Pattern), templates.Read);
        // LEAK: what keeps the watch working until the service stops also keeps its inotify instance.
        _watches.Enqueue(new(files, changes));
#pragma warning restore CA2000
        return templates[kind];
    }

    public void Dispose() => Reset();

    private sealed record Watch(PhysicalFileProvider Files, IDisposable Changes) : IDisposable
    {
        public void Dispose()
        {
            Changes.Dispose();
            Files.Dispose();
        }
    }
}
