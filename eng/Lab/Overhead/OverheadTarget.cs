using System.Diagnostics;
using System.Net;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Overhead;

/// <summary>A process of Sessions, which needs no other service, with backends of its own and one customer.</summary>
internal sealed class OverheadTarget : IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly IsolatedBackends _backends;
    private readonly ServiceProbe _probe;
    private readonly HttpClient _http;
    private int _processId;

    private OverheadTarget(ServiceProcess process, IsolatedBackends backends, string labKey)
    {
        (_process, _backends) = (process, backends);
        _probe = new(process.Address, labKey);
        _http = new() { BaseAddress = process.Address };
        _http.DefaultRequestHeaders.Add(LabOptions.KeyHeader, labKey);
    }

    /// <summary>The CPU time of the process since its start.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            using var process = Process.GetProcessById(_processId);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and logs the customer in.</summary>
    /// <exception cref="LabException">It is not what was asked for: both processes would be the same.</exception>
    public static async Task<OverheadTarget> StartAsync(
        Backends backends, string name, bool isMonitored, CancellationToken cancellationToken)
    {
        var labKey = Guid.NewGuid().ToString("N");
#pragma warning disable CA2000 // The target owns the process and its backends; the rule knows only IDisposable as an owner.
        var own = await backends.IsolateAsync(cancellationToken);
        var environment = ServiceEnvironment.Of(own, new Dictionary<string, Uri>());
        environment["Lab__Key"] = labKey;
        environment["Memory__Enabled"] = isMonitored ? "true" : "false";
        var target = new OverheadTarget(await backends.StartServiceAsync(name, environment, cancellationToken), own, labKey);
#pragma warning restore CA2000
        await target.PrepareAsync(isMonitored, cancellationToken);
        return target;
    }

    /// <summary>What a customer asks for most: the session with its cart.</summary>
    public Task VisitAsync(CancellationToken cancellationToken) => ReadAsync("/session", cancellationToken);

    /// <summary>What Prometheus asks for.</summary>
    public Task ScrapeAsync(CancellationToken cancellationToken) => ReadAsync("/metrics", cancellationToken);

    /// <summary>What is alive after full collections, in bytes.</summary>
    public Task<long> ReadLiveBytesAsync(CancellationToken cancellationToken) => _probe.ReadLiveBytesAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _probe.Dispose();
        await _process.DisposeAsync();
        await _backends.DisposeAsync();
    }

    private async Task PrepareAsync(bool isMonitored, CancellationToken cancellationToken)
    {
        _processId = (await _probe.ReadProcessAsync(cancellationToken)).ProcessId;
        using var forecast = await _http.GetAsync(new Uri("/lab/forecast", UriKind.Relative), cancellationToken);
        if (forecast.StatusCode != (isMonitored ? HttpStatusCode.OK : HttpStatusCode.NotFound))
            throw new LabException($"Memory:Enabled has no effect: the forecast answers {(int)forecast.StatusCode}.");
        _http.DefaultRequestHeaders.Add(
            "X-Session-Id", await Traffic.OpenSessionAsync(_process.Address, "overhead", cancellationToken));
    }

    private async Task ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
