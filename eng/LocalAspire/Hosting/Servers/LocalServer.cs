namespace LocalAspire.Servers;

/// <summary>Says how to run a container resource as a local process: fetch its program if this machine lacks it; make it ready, before each start.</summary>
internal sealed record LocalServerAnnotation(Func<ILogger, CancellationToken, Task> Fetch, Func<LocalServerContext, CancellationToken, Task<Launch>> Prepare) : IResourceAnnotation;

/// <summary>What a server needs to know of its run. The data folder is a lasting one if one was given, else one of this run.</summary>
internal sealed record LocalServerContext(string Name, string DataFolder, int Port, ILogger Logger);

/// <summary>What the servers have in common: a health check, private files, and a shell that ends its children with itself.</summary>
internal static class LocalServer
{
    public static IResourceBuilder<T> WithHandshake<T>(this IResourceBuilder<T> builder, Func<CancellationToken, Task> greet) where T : IResource
        => builder.WithAnnotation(new HealthCheckAnnotation($"{builder.Resource.Name}_check", greet));

    public static IResourceBuilder<T> AddServer<T, TProgram>(this IDistributedApplicationBuilder builder, T server, EndpointAnnotation endpoint,
        Func<ILogger, CancellationToken, Task<TProgram>> locate, Func<TProgram, LocalServerContext, CancellationToken, Task<Launch>> prepare) where T : ContainerResource
        => builder.AddResource(server).WithAnnotation(endpoint).WithAnnotation(new LocalServerAnnotation(locate, async (context, cancellation) =>
            await prepare(await locate(context.Logger, cancellation), context, cancellation)));

    public static IResourceBuilder<T> WithDataFolder<T>(this IResourceBuilder<T> builder, string path) where T : ContainerResource
        => builder.WithAnnotation(new DataFolderAnnotation(Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory)));

    public static async Task<string> TextAsync(this IValueProvider? value, string fallback, CancellationToken cancellation)
        => (value is null ? null : await value.GetValueAsync(cancellation)) ?? fallback;

    /// <summary>What to put before a program so that the kernel sends it that signal when its parent dies, also when the parent is killed hard.</summary>
    public static string[] Tied(string signal) => Command.OnPath("setpriv") is null ? [] : ["setpriv", "--pdeathsig", signal];

    public static Launch Script(string folder, string script, string[] arguments, Dictionary<string, object> environment)
        => new("/bin/sh", folder, [WritePrivate(folder, "start.sh", script), .. arguments], environment);

    public static string WritePrivate(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = (UnixFileMode)0b110_000_000 });
        file.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }

    public static string PrivateFolder(params string[] path) => Directory.CreateDirectory(Path.Combine(path), (UnixFileMode)0b111_000_000).FullName;

    public static async Task<int?> MajorVersionAsync(string program, string before, CancellationToken cancellation)
    {
        var result = await new Command(program, "--version") { Remedy = "", Timeout = TimeSpan.FromMinutes(1) }.RunAsync(failure: null, cancellation);
        return Regex.Match(result.Output, Regex.Escape(before) + @"(\d+)") is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;
    }
}
