namespace Aspire.Hosting.ApplicationModel;

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the last lines of each resource's console and tells watchers of new ones. A name is a resource's or an instance's.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly IResourceCollection _resources;

    internal ResourceLoggerService(IResourceCollection resources) => _resources = resources;

    public ILogger GetLogger(string resourceName) => new ResourceLogger(Logs(resourceName));
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => ReadAsync(Logs(resourceName), follow: true);
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => ReadAsync(Logs(resourceName), follow: false);

    internal ResourceLog Log(string instance) => _logs.GetOrAdd(instance, _ => new ResourceLog());

    private List<ResourceLog> Logs(string name) => _resources.TryGetByName(name, out var resource) ? [.. resource.InstanceIds().Select(Log)] : [Log(name)];

    // The kept lines, then each new one.
    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(List<ResourceLog> logs, bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new int[logs.Count];
        do
        {
            var next = logs.Select((log, index) => log.After(seen[index])).ToList();
            for (var i = 0; i < next.Count; i++)
                seen[i] += next[i].Lines.Count == 0 ? 0 : next[i].Lines[^1].LineNumber - seen[i];
            if (next.SelectMany(n => n.Lines).ToList() is { Count: > 0 } lines)
                yield return lines;
            else if (follow)
                await Task.WhenAny(next.Select(n => n.More)).WaitAsync(cancellationToken);
        }
        while (follow);
    }
}

/// <summary>The console of one instance: its last 10,000 lines.</summary>
internal sealed class ResourceLog
{
    private const int Kept = 10_000;
    private readonly Lock _lock = new();
    private readonly List<LogLine> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _number;

    public void Write(string content, bool isError)
    {
        lock (_lock)
        {
            _lines.Add(new LogLine(++_number, content, isError));
            // In bulk, because what is behind moves up.
            if (_lines.Count > Kept * 1.2)
                _lines.RemoveRange(0, _lines.Count - Kept);
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The kept lines after that number, and what completes when there is another one.</summary>
    public (List<LogLine> Lines, Task More) After(int number)
    {
        lock (_lock)
            return (_lines[Math.Max(0, _lines.Count - (_number - number))..], _more.Task);
    }
}

/// <summary>Writes to consoles in the form that the orchestrator gives its lines: a timestamp, then the text.</summary>
internal sealed class ResourceLogger(List<ResourceLog> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var now = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        foreach (var line in $"{formatter(state, exception)}\n{exception}".TrimEnd().Split('\n'))
            foreach (var log in logs)
                log.Write($"{now} {line}", logLevel >= LogLevel.Error);
    }
}
