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

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => FollowAsync(Instances(resourceName));

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
        => Instances(resourceName).SelectMany(id => Of(id).Lines.Chunk(50)).ToAsyncEnumerable<IReadOnlyList<LogLine>>();

    internal void Say(string instance, string text, bool isError = false) => Write(instance, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {text}", isError);

    internal void Write(string instance, string content, bool isError) => _lines.Tell(() =>
    {
        var console = Of(instance);
        var line = new LogLine(++console.Written, content, isError);
        console.Lines.Enqueue(line);
        if (console.Lines.Count > Kept)
            console.Lines.TryDequeue(out _);
        return (instance, line);
    });

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> FollowAsync(IReadOnlyList<string> instances, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var lines in _lines.WatchAsync(() => instances.SelectMany(id => Of(id).Lines.Select(line => (id, line))), cancellation))
            if (lines.Where(l => instances.Contains(l.Instance, StringComparer.OrdinalIgnoreCase)).Select(l => l.Line).ToList() is { Count: > 0 } own)
                yield return own;
    }

    private Console Of(string instance) => _consoles.GetOrAdd(instance, _ => new Console([]));
    private IReadOnlyList<string> Instances(string name) => model.Resources.TryGetByName(name, out var resource) ? resource.InstanceIds() : [name];
}
