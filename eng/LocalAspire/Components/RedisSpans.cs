using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;

namespace LocalAspire;

/// <summary>
/// Makes a span of each command. StackExchange.Redis 1.2.6 has only a profiler, which collects the commands sent under one
/// context object: here it belongs to the current activity, and its commands become that activity's children when it stops.
/// </summary>
internal sealed class RedisSpans : IProfiler, IDisposable
{
    public const string SourceName = "LocalAspire.StackExchange.Redis";
    private static readonly ActivitySource Source = new(SourceName);
    private readonly ActivityListener _listener;
    private ConnectionMultiplexer? _connection;
    // Weak in the activity: one that is never stopped must not keep its commands alive.
    private readonly ConditionalWeakTable<Activity, object> _contexts = [];

    public RedisSpans()
    {
        _listener = new ActivityListener { ShouldListenTo = source => source.Name != SourceName, ActivityStopped = Flush };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Attach(ConnectionMultiplexer connection)
    {
        _connection = connection;
        connection.RegisterProfiler(this);
    }

    /// <summary>The context of the command that is about to be sent, or null where no activity is recorded.</summary>
    public object? GetContext()
    {
        if (Activity.Current is not { Recorded: true, IsStopped: false } activity)
            return null;
        return _contexts.GetValue(activity, _ =>
        {
            var context = new object();
            _connection!.BeginProfiling(context);
            return context;
        });
    }

    public void Dispose() => _listener.Dispose();

    private void Flush(Activity activity)
    {
        if (!_contexts.TryGetValue(activity, out var context))
            return;
        _contexts.Remove(activity);
        foreach (var command in _connection!.FinishProfiling(context))
            Record(command, activity.Context);
    }

    private static void Record(IProfiledCommand command, ActivityContext parent)
    {
        var start = new DateTimeOffset(command.CommandCreated.ToUniversalTime());
        using var span = Source.StartActivity(ActivityKind.Client, parent, startTime: start, name: command.Command);
        if (span is null)
            return;
        span.SetTag("db.system.name", "redis").SetTag("db.operation.name", command.Command).SetTag("db.namespace", command.Db);
        if (command.EndPoint is IPEndPoint server)
            span.SetTag("server.address", server.Address.ToString()).SetTag("server.port", server.Port);
        span.SetEndTime(command.CommandCreated.ToUniversalTime() + command.ElapsedTime);
    }
}
