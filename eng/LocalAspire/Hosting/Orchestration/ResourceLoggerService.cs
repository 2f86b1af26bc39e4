using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalAspire.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the last lines of each resource's console and tells watchers of new ones. A name is a resource's or an instance's.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly IResourceCollection _resources;

    internal ResourceLoggerService(IResourceCollection resources) => _resources = resources;

    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    public ILogger GetLogger(string resourceName) => new ResourceLogger(Logs(resourceName));

    /// <summary>The kept lines, then each new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => ReadAsync(Logs(resourceName), follow: true);

    /// <summary>The kept lines.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => ReadAsync(Logs(resourceName), follow: false);

    internal ResourceLog Log(string instance) => _logs.GetOrAdd(instance, _ => new ResourceLog());

    private IReadOnlyList<ResourceLog> Logs(string name) => _resources.TryGetByName(name, out var resource) ? [.. resource.InstanceIds().Select(Log)] : [Log(name)];

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(IReadOnlyList<ResourceLog> logs, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        foreach (var log in logs)
            log.Attach(channel.Writer);
        try
        {
            if (!follow)
                channel.Writer.TryComplete();
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (batch.Count < 1000 && channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            foreach (var log in logs)
                log.Detach(channel.Writer);
        }
    }
}

/// <summary>The console of one instance: the last 10,000 lines.</summary>
internal sealed class ResourceLog
{
    private const int Kept = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<ChannelWriter<LogLine>> _watchers = [];
    private int _number;

    public void Write(string content, bool isError)
    {
        lock (_lock)
        {
            var line = new LogLine(++_number, content, isError);
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
                _lines.Dequeue();
            foreach (var watcher in _watchers)
                watcher.TryWrite(line);
        }
    }

    public void Attach(ChannelWriter<LogLine> watcher)
    {
        lock (_lock)
        {
            foreach (var line in _lines)
                watcher.TryWrite(line);
            _watchers.Add(watcher);
        }
    }

    public void Detach(ChannelWriter<LogLine> watcher)
    {
        lock (_lock)
            _watchers.Remove(watcher);
    }
}

/// <summary>Writes to consoles in the form that the orchestrator gives its lines: a timestamp, then the text.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
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
