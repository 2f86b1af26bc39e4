namespace LocalAspire.Servers;

/// <summary>Says how to run a container resource as a local process. Called before each start, also after a stop.</summary>
internal sealed class LocalServerAnnotation(Func<LocalServerContext, CancellationToken, Task<LocalServerLaunch>> prepare) : IResourceAnnotation
{
    public Func<LocalServerContext, CancellationToken, Task<LocalServerLaunch>> Prepare { get; } = prepare;
}

/// <summary>What a server needs to know of its run.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="DataFolder">Where it keeps its data: a lasting folder if one was given, else one of this run. It need not exist yet.</param>
/// <param name="Port">The loopback port of its first endpoint, the same over stop and start.</param>
/// <param name="Logger">The resource's console.</param>
/// <param name="Services">The application's services.</param>
internal sealed record LocalServerContext(string Name, string DataFolder, int Port, ILogger Logger, IServiceProvider Services);

/// <summary>The server's process.</summary>
internal sealed record LocalServerLaunch(string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory);
