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
        ("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.ConnectionManager", "Kestrel's open connections"),
        ("Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.TransportConnectionManager", "Kestrel's open connections"),
        ("System.Threading.ThreadPoolWorkQueue", "the thread pool's queue: work that has not begun"),
        ("System.RuntimeType+RuntimeTypeCache", "the cache of reflection"),
        ("System.RuntimeType+ActivatorCache", "the cache of reflection"),
        ("System.Text.Json.JsonSerializerOptions+CachingContext", "the serializer's cache of types"),
        ("System.Text.RegularExpressions.RegexCache", "the cache of regular expressions"),
        ("Microsoft.EntityFrameworkCore.Query.Internal.CompiledQueryCache", "the cache of compiled queries"),
        ("Microsoft.EntityFrameworkCore.Internal.DbContextPool", "the pool of contexts, with their commands and parameters"),
        ("Npgsql.Internal.NpgsqlConnector", "the pool of connections to Postgres"),
        ("System.Linq.Expressions.Compiler", "compiled expressions"),
        ("System.Net.Http.HttpConnectionPool", "the pool of HTTP connections"),
        ("System.Diagnostics.Tracing.", "event sources"),
    ];

    // A pooled connection keeps the statements that it has prepared: as many as the program has texts.
    private const string Statements = "Npgsql.PreparedStatementManager";

    // Each assembly has them, and keeps them in static fields of its own.
    private static readonly string[] _ofAssemblies = ["System.Reflection.RuntimeAssembly", "System.Reflection.RuntimeModule"];

    /// <summary>The name of the known holder on the way to a node; null if there is none.</summary>
    public static string? Find(PathNode node)
    {
        if (RootFinder.IsUnnamed(node.Root.Edge) && _ofAssemblies.Contains(node.Type))
            return "the runtime's objects of each assembly that was loaded";
        for (var holder = node; holder.Parent is not null && holder.Type != Statements; holder = holder.Parent)
        {
            if (_known.FirstOrDefault(known => holder.Type.StartsWith(known.Type, StringComparison.Ordinal)) is { Name: { } name })
                return name;
        }
        return null;
    }
}
