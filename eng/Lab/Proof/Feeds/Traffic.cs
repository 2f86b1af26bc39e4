using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Shop.Lab.Proof.Feeds;

/// <summary>A customer's calls to a service under proof, a few at a time.</summary>
internal sealed class Traffic : IDisposable
{
    private const int Concurrency = 4;
    private const int MaxAttempts = 5;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private readonly HttpClient _http;

    public Traffic(Uri service) => _http = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Logs a customer in at Sessions; all further calls carry the session unless they have another one.</summary>
    public async Task LogInAsync(Uri sessions, string customer, CancellationToken cancellationToken)
        => _http.DefaultRequestHeaders.Add("X-Session-Id", await OpenSessionAsync(sessions, customer, cancellationToken));

    /// <summary>Logs a customer in at Sessions and returns the session.</summary>
    public static async Task<string> OpenSessionAsync(Uri sessions, string customer, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sessions };
        using var response = await http.PostAsJsonAsync("/sessions", new { customerId = customer }, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new LabException($"POST /sessions answered {(int)response.StatusCode}: {body}");
        }
        return (await response.Content.ReadFromJsonAsync<LoggedIn>(cancellationToken))!.SessionId;
    }

    /// <summary>Sends many requests; each must succeed.</summary>
    public Task RepeatAsync(int count, Func<HttpRequestMessage> create, CancellationToken cancellationToken)
        => RepeatAsync(count, token => SendAsync(create, token), cancellationToken);

    /// <summary>Runs an operation many times.</summary>
    public static Task RepeatAsync(int count, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
        => ForEachAsync(Enumerable.Range(0, count), (_, token) => operation(token), cancellationToken);

    /// <summary>Runs an operation on each item.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> operation, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (item, token) => await operation(item, token));

    /// <summary>
    /// Sends a request and reads its answer whole. One that comes too early for a busy service (503) is sent again, as customers do.
    /// </summary>
    /// <exception cref="LabException">It did not succeed.</exception>
    public async Task<byte[]> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = create();
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
                return body;
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == MaxAttempts)
            {
                var route = $"{request.Method} {request.RequestUri!.AbsolutePath}";
                throw new LabException($"{route} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}");
            }
            await Task.Delay(RetryAfter, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed record LoggedIn(string SessionId);
}
