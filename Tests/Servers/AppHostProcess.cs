using System.Diagnostics;
using System.Text;
using Shop.Lab;

namespace Shop.Tests.Servers;

/// <summary>The AppHost as a process of its own, and all that it started.</summary>
internal sealed class AppHostProcess : IDisposable
{
    // Each process below the AppHost inherits it.
    private const string Marker = "SHOP_TEST_RUN";
    private static readonly string[] Servers = ["postgres", "redis-server", "beam.smp"];
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("shop-apphost-");
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    public AppHostProcess(params string[] arguments)
    {
        var program = Path.Combine(Repository.Folder, "AppHost", "bin", "Debug", "net10.0", "AppHost");
        var start = new ProcessStartInfo(program, ["--Shop:Servers=processes", .. arguments])
        {
            WorkingDirectory = Path.Combine(Repository.Folder, "AppHost"),
            RedirectStandardOutput = true,
            Environment =
            {
                [Marker] = _run,
                ["TMPDIR"] = _temp.FullName,
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPNETCORE_URLS"] = "http://localhost:18888",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            lock (_output)
                _output.AppendLine(line.Data);
        };
        _process.BeginOutputReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The folder in which the AppHost makes its temporary ones.</summary>
    public string Temp => _temp.FullName;

    /// <summary>The folders of runs that are left.</summary>
    public string[] Folders => [.. _temp.GetDirectories("aspire-servers-*").Select(folder => folder.Name)];

    /// <summary>Waits until the AppHost has started everything.</summary>
    public async Task StartedAsync()
    {
        await ServersRunAsync();
        await Eventually.ReadAsync(() => Task.FromResult(Output),
            output => output.Contains("Distributed application started", StringComparison.Ordinal), "the AppHost to start");
    }

    public Task ServersRunAsync()
        => Eventually.ReadAsync(() => Task.FromResult(string.Join(' ', Names())),
            names => Servers.All(server => names.Contains(server, StringComparison.Ordinal)), "the servers of an AppHost to run");

    /// <summary>Sends a signal to the AppHost alone and waits until it and all that it started is gone.</summary>
    public async Task EndAsync(string signal, TimeSpan? limit = null)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.ReadAsync(() => Task.FromResult(string.Join(' ', Names())),
            names => names.Length == 0, $"all processes to end after SIG{signal}", limit);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _temp.Delete(recursive: true);
    }

    private IEnumerable<string> Names()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (IsOfThisRun(folder))
                yield return Read(() => File.ReadAllText(Path.Combine(folder, "comm"))).Trim();
        }
    }

    // Redis and Postgres write their titles over their environment; they run in their data folders.
    private bool IsOfThisRun(string process)
        => Read(() => File.ReadAllText(Path.Combine(process, "environ"))).Contains($"{Marker}={_run}", StringComparison.Ordinal)
            || Read(() => new FileInfo(Path.Combine(process, "cwd")).LinkTarget).StartsWith(_temp.FullName, StringComparison.Ordinal);

    // A process may end between two looks, and another user's cannot be read.
    private static string Read(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
