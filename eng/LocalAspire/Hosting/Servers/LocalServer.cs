namespace LocalAspire.Servers;

/// <summary>Says how to run a container resource as a local process: fetch its program if this machine lacks it; make it ready, before each start.</summary>
internal sealed record LocalServerAnnotation(Func<ILogger, CancellationToken, Task> Fetch, Func<LocalServerContext, CancellationToken, Task<Launch>> Prepare) : IResourceAnnotation;

/// <summary>What a server needs to know of its run. The data folder is a lasting one if one was given, else one of this run.</summary>
internal sealed record LocalServerContext(string Name, string DataFolder, int Port, ILogger Logger);

/// <summary>Healthy when the server does what a client needs first: it takes the password and answers. A failure is the health check's failure.</summary>
internal sealed class Handshake(Func<CancellationToken, Task> greet) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await greet(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>What the servers have in common: a health check, private files, and a shell that ends its children with itself.</summary>
internal static class LocalServer
{
    public static IResourceBuilder<T> WithHandshake<T>(this IResourceBuilder<T> builder, Func<CancellationToken, Task> greet) where T : IResource
        => builder.WithHealthCheck($"{builder.Resource.Name}_check", _ => new Handshake(greet));

    public static IResourceBuilder<T> WithDataFolder<T>(this IResourceBuilder<T> builder, string path) where T : ContainerResource
        => builder.WithAnnotation(new DataFolderAnnotation(Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory)));

    public static async Task<string> TextAsync(this IValueProvider value, CancellationToken cancellation) => await value.GetValueAsync(cancellation) ?? "";

    /// <summary>What to put before a program so that the kernel sends it that signal when its parent dies, also when the parent is killed hard.</summary>
    public static string[] Tied(string signal) => Command.OnPath("setpriv") is null ? [] : ["setpriv", "--pdeathsig", signal];

    /// <summary>The launch of a start script, which is written into the data folder.</summary>
    public static Launch Script(string folder, string script, string[] arguments, Dictionary<string, object> environment)
        => new("/bin/sh", folder, [WritePrivate(folder, "start.sh", script), .. arguments], environment);

    /// <summary>Writes a file that only its owner can read.</summary>
    public static string WritePrivate(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.Delete(path);
        using (new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Creates a folder that only its owner can enter.</summary>
    public static string PrivateFolder(params string[] path)
        => Directory.CreateDirectory(Path.Combine(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    /// <summary>The major version a program reports, or null if it reports none.</summary>
    public static async Task<int?> MajorVersionAsync(string program, string before, CancellationToken cancellation)
    {
        var result = await new Command(program, "--version") { Remedy = "", Timeout = TimeSpan.FromMinutes(1) }.RunAsync(failure: null, cancellation);
        return Regex.Match(result.Output, Regex.Escape(before) + @"(\d+)") is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;
    }
}
