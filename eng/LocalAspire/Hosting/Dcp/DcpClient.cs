using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
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
    private const string Api = "apis/usvc-dev.developer.microsoft.com/v1";
    private readonly HttpClient _http;

    public DcpClient(Uri server, string token, X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { certificate },
                },
            },
        };
        // No time limit: watches and logs are read for as long as the application runs.
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version20 };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("admin/execution", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task CreateAsync<TSpec, TStatus>(string plural, DcpObject<TSpec, TStatus> created, CancellationToken cancellation) where TStatus : class
    {
        using var content = JsonContent.Create(created, options: DcpJson.Options);
        // The API does not take a body of unknown length.
        await content.LoadIntoBufferAsync(cancellation);
        using var response = await _http.PostAsync(new Uri($"{Api}/{plural}", UriKind.Relative), content, cancellation);
        await EnsureAsync(response, $"create {created.Metadata.Name}", cancellation);
    }

    public async Task<DcpObject<TSpec, TStatus>?> FindAsync<TSpec, TStatus>(string plural, string name, CancellationToken cancellation) where TStatus : class
    {
        using var response = await _http.GetAsync(new Uri($"{Api}/{plural}/{name}", UriKind.Relative), cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureAsync(response, $"read {name}", cancellation);
        return await response.Content.ReadFromJsonAsync<DcpObject<TSpec, TStatus>>(DcpJson.Options, cancellation);
    }

    public Task StopExecutableAsync(string name, CancellationToken cancellation) => PatchAsync($"{Api}/executables/{name}", """{"spec":{"stop":true}}""", cancellation);

    public async Task DeleteExecutableAsync(string name, CancellationToken cancellation)
    {
        using var response = await _http.DeleteAsync(new Uri($"{Api}/executables/{name}", UriKind.Relative), cancellation);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureAsync(response, $"delete {name}", cancellation);
    }

    /// <summary>Ends every process and the orchestrator itself.</summary>
    public Task ShutDownAsync(CancellationToken cancellation)
        => PatchAsync("admin/execution", """{"status":"Stopping","shutdownResourceCleanup":"Full"}""", cancellation);

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
        await EnsureAsync(response, $"read {address}", cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            yield return line;
    }

    private async Task PatchAsync(string address, string patch, CancellationToken cancellation)
    {
        using var content = new StringContent(patch, Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await _http.PatchAsync(new Uri(address, UriKind.Relative), content, cancellation);
        await EnsureAsync(response, $"change {address}", cancellation);
    }

    private static async Task EnsureAsync(HttpResponseMessage response, string what, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(cancellation);
        throw new DistributedApplicationException($"The orchestrator could not {what}: {(int)response.StatusCode} {body.Trim()}");
    }
}
