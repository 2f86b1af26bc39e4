using Shop.Documents.Data;

namespace Shop.Documents.FileWatchers;

/// <summary>The templates of the documents' titles, one file for each kind, as they were when they were last read.</summary>
internal sealed partial class TitleTemplates
{
    /// <summary>The files of the folder that are templates.</summary>
    public const string Pattern = "*.txt";

    private readonly Lock _lock = new();
    private readonly ILogger<TitleTemplates> _logger;
    private volatile Dictionary<DocumentKind, string> _texts;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public TitleTemplates(IHostEnvironment environment, ILogger<TitleTemplates> logger)
    {
        _logger = logger;
        Folder = Path.Combine(environment.ContentRootPath, "Templates");
        _texts = ReadAll();
    }

    /// <summary>The folder of the files.</summary>
    public string Folder { get; }

    /// <summary>The text of a kind's template.</summary>
    public string this[DocumentKind kind] => _texts[kind];

    /// <summary>Reads the files again. While one cannot be read, perhaps because it is being replaced, the earlier texts stay.</summary>
    public void Read()
    {
        // Of readers that overlap, the last one must be the one that began last.
        lock (_lock)
        {
            try
            {
                _texts = ReadAll();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(_logger, Folder, exception);
            }
        }
    }

    private Dictionary<DocumentKind, string> ReadAll()
        => Enum.GetValues<DocumentKind>().ToDictionary(
            kind => kind, kind => File.ReadAllText(Path.Combine(Folder, $"{kind}.txt")).TrimEnd());

    [LoggerMessage(LogLevel.Warning, "A template in {Folder} cannot be read; the earlier ones are used")]
    private static partial void LogUnreadable(ILogger logger, string folder, Exception exception);
}
