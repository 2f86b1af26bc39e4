using Shop.Documents.Data;

namespace Shop.Documents.FileWatchers;

/// <summary>Watches the folder of the title templates.</summary>
internal interface IFileWatchers
{
    /// <summary>Returns the template of a kind's titles; a moment after its file was edited, the new one.</summary>
    /// <exception cref="IOException">The user has no inotify instances left; only Leaky needs one for a request.</exception>
    string TemplateOf(DocumentKind kind);
}
