using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;

namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>Pools and caches of the framework: they keep what was once needed, and only look like a leak.</summary>
internal static class KnownHolders
{
    private static readonly (string Type, string Name)[] _known =
    [
        ("System.Buffers.SharedArrayPool", "ArrayPool.Shared: arrays that were returned"),
        ("System.Buffers.ConfigurableArrayPool", "an ArrayPool: arrays that were returned"),
        ("System.Buffers.PinnedBlockMemoryPool", "Kestrel's memory pool"),
        ("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketSenderPool", "Kestrel's pool of senders"),
        ("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.ConnectionManager", Connections),
        ("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.TransportConnectionManager", Connections),
        ("System.Threading.ThreadPoolWorkQueue", "the thread pool's queue: work that has not begun"),
        ("System.RuntimeType+RuntimeTypeCache", "the cache of reflection"),
        ("System.RuntimeType+ActivatorCache", "the cache of reflection"),
        ("System.Text.Json.JsonSerializerOptions+CachingContext", "the serializer's cache of types"),
        ("System.Text.RegularExpressions.RegexCache", "the cache of regular expressions"),
        ("Microsoft.EntityFrameworkCore.Query.Internal.CompiledQueryCache", "the cache of compiled queries"),
        ("Microsoft.EntityFrameworkCore.Internal.DbContextPool", "the pool of contexts, with their commands and parameters"),
        ("Npgsql.Internal.NpgsqlConnector", "the pool of connections to Postgres"),
        ("OpenTelemetry.Internal.CircularBuffer", "the telemetry exporter's queue"),
        ("OpenTelemetry.Metrics.ThreadStaticStorage", "the meters' buffers of each thread"),
        ("StackExchange.Redis.Message", "the commands to Redis that wait for their answer"),
        ("StackExchange.Redis.Profiling.ProfilingSession", "the commands to Redis that the telemetry has not exported yet"),
        ("MassTransit.RabbitMqTransport.PendingReceiveLockContext", "the messages in work"),
        ("System.Linq.Expressions.Compiler", "compiled expressions"),
        ("System.Net.Http.HttpConnectionPool", "the pool of HTTP connections"),
        ("System.Diagnostics.Tracing.", "event sources"),
    ];

    // What a connection has until the client closes it, but not what the application's own methods keep meanwhile.
    private const string Connection = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketConnection";
    private const string Socket = "System.Net.Sockets.SocketAsyncContext";
    private const string Connections = "Kestrel's open connections";

    // A pooled connection keeps the statements that it has prepared: as many as the program has texts.
    private const string Statements = "Npgsql.PreparedStatementManager";

    // The pool's own method, in which a request waits for a free connection until the pool's timeout.
    private const string Waiting = "Npgsql.PoolingDataSource+<";

    // Each assembly has them, and keeps them in static fields of its own.
    private static readonly string[] _ofAssemblies = ["System.Reflection.RuntimeAssembly", "System.Reflection.RuntimeModule"];

    /// <summary>The name of the known holder on the way to a node; null if there is none.</summary>
    public static string? Find(PathNode node)
    {
        if (RootFinder.IsUnnamed(node.Root.Edge) && _ofAssemblies.Contains(node.Type))
            return "the runtime's objects of each assembly that was loaded";
        if (IsOfConnection(node) || (node.Type == Socket && LeadsToConnection(node)))
            return Connections;
        for (var holder = node; holder.Parent is not null && holder.Type != Statements; holder = holder.Parent)
        {
            if (holder.Type.Contains(Waiting, StringComparison.Ordinal))
                return "requests that wait for a connection to Postgres";
            if (_known.FirstOrDefault(known => holder.Type.StartsWith(known.Type, StringComparison.Ordinal)) is { Name: { } name })
                return name;
        }
        return null;
    }

    private static bool IsOfConnection(PathNode node)
        => Frameworks.NameAll(node.Type) && node.Parent is { } holder && (holder.Type == Connection || IsOfConnection(holder));

    private static bool LeadsToConnection(PathNode node)
        => node.Type == Connection || node.Children.Any(child => Frameworks.NameAll(child.Type) && LeadsToConnection(child));
}
