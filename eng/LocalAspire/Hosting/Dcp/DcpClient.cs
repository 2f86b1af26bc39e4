using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Aspire.Hosting;

namespace LocalAspire.Dcp;

/// <summary>Talks to the orchestrator's API, which has the form of Kubernetes'.</summary>
internal sealed class DcpClient : IDisposable
{
    private const string Api = "apis/usvc-dev.developer.microsoft.com/v1", Admin = "admin/execution", Json = "application/json", MergePatch = "application/merge-patch+json";
    private readonly HttpClient _http;

    public DcpClient(Uri server, string token, X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { certificate } };
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        // No time limit: watches and logs are read for as long as the application runs.
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version20 };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<string?> ReadStatusAsync(CancellationToken cancellation) => SendAsync(HttpMethod.Get, Admin, cancellation);

    public Task CreateAsync<TSpec, TStatus>(string plural, DcpObject<TSpec, TStatus> created, CancellationToken cancellation) where TStatus : class
        => SendAsync(HttpMethod.Post, $"{Api}/{plural}", cancellation, JsonSerializer.Serialize(created, DcpJson.Options), Json);

    public async Task<ServiceStatus?> FindServiceAsync(string name, CancellationToken cancellation)
        => await SendAsync(HttpMethod.Get, $"{Api}/services/{name}", cancellation) is { } found ? JsonSerializer.Deserialize<DcpObject<ServiceSpec, ServiceStatus>>(found, DcpJson.Options)?.Status : null;

    public Task StopExecutableAsync(string name, CancellationToken cancellation) => SendAsync(HttpMethod.Patch, $"{Api}/executables/{name}", cancellation, """{"spec":{"stop":true}}""", MergePatch);

    public Task DeleteExecutableAsync(string name, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, $"{Api}/executables/{name}", cancellation);

    /// <summary>Ends every process and the orchestrator itself.</summary>
    public Task ShutDownAsync(CancellationToken cancellation) => SendAsync(HttpMethod.Patch, Admin, cancellation, """{"status":"Stopping","shutdownResourceCleanup":"Full"}""", MergePatch);

    /// <summary>All executables as they are, then each change.</summary>
    public async IAsyncEnumerable<WatchEvent<ExecutableSpec, ExecutableStatus>> WatchExecutablesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LinesAsync($"{Api}/executables?watch=true", cancellation))
            if (JsonSerializer.Deserialize<WatchEvent<ExecutableSpec, ExecutableStatus>>(line, DcpJson.Options) is { } change)
                yield return change;
    }

    /// <summary>The lines of an executable's stdout, stderr or system log, each with its time, until it ends.</summary>
    public IAsyncEnumerable<string> LogAsync(string name, string source, CancellationToken cancellation)
        => LinesAsync($"{Api}/executables/{name}/log?source={source}&follow=true&timestamps=true&line_numbers=false", cancellation);

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<string> LinesAsync(string address, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            yield return line;
    }

    // The answer, or null if there is no such object.
    private async Task<string?> SendAsync(HttpMethod method, string address, CancellationToken cancellation, string? body = null, string mediaType = Json)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Version = HttpVersion.Version20 };
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        using var response = await _http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        return response.StatusCode == HttpStatusCode.NotFound ? null : response.IsSuccessStatusCode ? answer
            : throw new DistributedApplicationException($"The orchestrator refused {method} {address}: {(int)response.StatusCode} {answer.Trim()}");
    }
}
