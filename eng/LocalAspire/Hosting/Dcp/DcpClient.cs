using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LocalAspire.Dcp;

/// <summary>Talks to the orchestrator's API, which has the form of Kubernetes'.</summary>
internal sealed class DcpClient : IDisposable
{
    private const string Api = $"apis/{DcpJson.ApiVersion}", Admin = "admin/execution", Json = "application/json", MergePatch = "application/merge-patch+json";
    private readonly HttpClient _http;

    public DcpClient(Uri server, string token, X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = { CertificateChainPolicy = policy } };
        // No time limit: watches and logs are read for as long as the application runs.
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version20 };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
        => await Task.WhenAny(SendAsync(HttpMethod.Get, Admin, null, cancellation)) is { IsCompletedSuccessfully: true };

    public Task CreateAsync<T>(string plural, T created, CancellationToken cancellation)
        => SendAsync(HttpMethod.Post, $"{Api}/{plural}", JsonSerializer.Serialize(created, DcpJson.Options), cancellation);

    public async Task<int?> FindPortAsync(string service, CancellationToken cancellation)
        => await SendAsync(HttpMethod.Get, $"{Api}/services/{service}", null, cancellation) is { } found
            ? JsonSerializer.Deserialize<Service>(found, DcpJson.Options)?.Status?.EffectivePort
            : null;

    public Task StopAsync(string executable, CancellationToken cancellation)
        => SendAsync(HttpMethod.Patch, $"{Api}/executables/{executable}", """{"spec":{"stop":true}}""", cancellation);

    public Task DeleteAsync(string executable, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, $"{Api}/executables/{executable}", null, cancellation);

    public Task ShutDownAsync(CancellationToken cancellation)
        => SendAsync(HttpMethod.Patch, Admin, """{"status":"Stopping","shutdownResourceCleanup":"Full"}""", cancellation);

    public async IAsyncEnumerable<ExecutableChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LinesAsync($"{Api}/executables?watch=true", cancellation))
            if (JsonSerializer.Deserialize<ExecutableChange>(line, DcpJson.Options) is { } change)
                yield return change;
    }

    /// <summary>The lines of an executable's stdout, stderr or system log, each with its time, until it ends.</summary>
    public IAsyncEnumerable<string> LogAsync(string executable, string source, CancellationToken cancellation)
        => LinesAsync($"{Api}/executables/{executable}/log?source={source}&follow=true&timestamps=true&line_numbers=false", cancellation);

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<string> LinesAsync(string address, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(await _http.GetStreamAsync(new Uri(address, UriKind.Relative), cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
            yield return line;
    }

    // The answer, or null if there is no such object.
    private async Task<string?> SendAsync(HttpMethod method, string address, string? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Version = HttpVersion.Version20 };
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue(method == HttpMethod.Patch ? MergePatch : Json));
        using var response = await _http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        return response.IsSuccessStatusCode ? answer
            : throw new DistributedApplicationException($"The orchestrator refused {method} {address}: {(int)response.StatusCode} {answer.Trim()}");
    }
}
