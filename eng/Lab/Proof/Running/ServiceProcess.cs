using System.Diagnostics;

namespace Shop.Lab.Proof.Running;

/// <summary>A service's Release build as a child of the Lab, on a free loopback port. It ends with the Lab, however that ends.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int KeptLines = 10;
    // The shell stops the service when its input ends: the Lab closes it, or the kernel does when the Lab has died.
    // Bash, because other shells drop variables with a hyphen in their name.
    private const string Script = """
        exec 3<&0
        "$@" </dev/null &
        service=$!
        (cat <&3 >/dev/null; kill -TERM $service 2>/dev/null) &
        wait $service
        """;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>Starts a project's Release assembly and waits until it is healthy.</summary>
    /// <exception cref="LabException">It ended or did not become healthy; the message has its last lines.</exception>
    public static async Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var assembly = Repository.ReleaseAssembly(project);
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", "dotnet", "exec", assembly])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The proof measures the service, not the exporter that whoever started the Lab may have configured for it.
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var service = new ServiceProcess(start);
        try
        {
            await service.RunAsync(project, cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it politely, and if that takes too long, hard.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        using (var timeout = new CancellationTokenSource(StopTimeout))
        {
            try
            {
                _process.StandardInput.Close();
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(string project, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            var ended = _process.WaitForExitAsync(timeout.Token);
            if (await Task.WhenAny(_address.Task, ended) == ended)
                throw new LabException($"{project} ended instead of serving: {LastLines()}");
            await WaitHealthyAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"{project} did not become healthy within {StartTimeout.TotalSeconds} s: {LastLines()}");
        }
    }

    private async Task WaitHealthyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            using var response = await http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            if (response.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            if (_lastLines.Count == KeptLines)
                _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }
        var start = line.IndexOf(Listening, StringComparison.Ordinal);
        if (start >= 0 && Uri.TryCreate(line[(start + Listening.Length)..], UriKind.Absolute, out var address))
            _address.TrySetResult(address);
    }

    private string LastLines()
    {
        lock (_lastLines)
            return string.Join(" | ", _lastLines);
    }
}
