using LocalAspire.Tools;

namespace LocalAspire.Servers;

/// <summary>What the servers have in common: private files, free ports, and a shell that ends its children with itself.</summary>
internal static class ServerProcess
{
    /// <summary>What to put before a program so that the kernel sends it that signal when its parent dies, also when the parent is killed hard.</summary>
    public static string[] Tied(string signal) => Command.OnPath("setpriv") is null ? [] : ["setpriv", "--pdeathsig", signal];

    /// <summary>The launch of a start script, which is written into the data folder.</summary>
    public static async Task<LocalServerLaunch> ScriptAsync(string dataFolder, string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, "start.sh");
        await WritePrivateAsync(path, script, cancellationToken);
        return new LocalServerLaunch("/bin/sh", [path, .. arguments], environment, dataFolder);
    }

    /// <summary>Writes a file that only its owner can read.</summary>
    public static async Task WritePrivateAsync(string path, string content, CancellationToken cancellationToken)
    {
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(content.AsMemory(), cancellationToken);
    }

    /// <summary>Creates a folder that only its owner can enter.</summary>
    public static string PrivateFolder(params string[] path)
        => Directory.CreateDirectory(Path.Combine(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    /// <summary>The major version a program reports, or null if it cannot be run.</summary>
    public static async Task<int?> MajorVersionAsync(string program, string before, CancellationToken cancellationToken)
    {
        var result = await new Command(program, "--version") { Remedy = "", Timeout = TimeSpan.FromMinutes(1) }.RunAsync(cancellationToken);
        var version = result.Output.Split(before, 2)[^1].TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(version, out var major) ? major : null;
    }
}
