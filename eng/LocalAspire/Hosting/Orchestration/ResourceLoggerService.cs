namespace Aspire.Hosting.ApplicationModel;

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the last lines of each instance's console and tells watchers of new ones. A name is a resource's or an instance's.</summary>
public class ResourceLoggerService(DistributedApplicationModel model)
{
    private const int Kept = 10_000;
    private readonly ConcurrentDictionary<string, Console> _consoles = new(StringComparer.OrdinalIgnoreCase);
    private readonly Broadcast<(string Instance, LogLine Line)> _lines = new();

    private sealed record Console(ConcurrentQueue<LogLine> Lines)
    {
        public int Written { get; set; }
    }

    public ILogger GetLogger(string resourceName) => new ResourceLogger(this, resourceName);

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => FollowAsync(Instances(resourceName));

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
        => Instances(resourceName).Select(id => (IReadOnlyList<LogLine>)[.. Of(id).Lines]).ToAsyncEnumerable();

    internal void Write(string name, string content, bool isError)
    {
        foreach (var instance in Instances(name))
            _lines.Tell(() =>
            {
                var console = Of(instance);
                var line = new LogLine(++console.Written, content, isError);
                console.Lines.Enqueue(line);
                if (console.Lines.Count > Kept)
                    console.Lines.TryDequeue(out _);
                return (instance, line);
            });
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> FollowAsync(IReadOnlyList<string> instances, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var lines in _lines.WatchAsync(() => instances.SelectMany(id => Of(id).Lines.Select(line => (id, line))), cancellation))
            if (lines.Where(l => instances.Contains(l.Instance, StringComparer.OrdinalIgnoreCase)).Select(l => l.Line).ToList() is { Count: > 0 } own)
                yield return own;
    }

    private Console Of(string instance) => _consoles.GetOrAdd(instance, _ => new Console([]));

    private IReadOnlyList<string> Instances(string name) => model.Resources.TryGetByName(name, out var resource) ? resource.InstanceIds() : [name];
}

/// <summary>Writes to consoles in the form that the orchestrator gives its lines: a timestamp, then the text.</summary>
internal sealed class ResourceLogger(ResourceLoggerService loggers, string name) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var now = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        foreach (var line in $"{formatter(state, exception)}\n{exception}".TrimEnd().Split('\n'))
            loggers.Write(name, $"{now} {line}", logLevel >= LogLevel.Error);
    }
}
