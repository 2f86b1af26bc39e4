using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Lab.Proof.Running;

/// <summary>Reads a service's memory through its lab routes.</summary>
internal sealed class ServiceProbe : IServiceProbe, IDisposable
{
    // If two collections agree this closely, in-flight work has finished.
    private const long SettledBytes = 2_048;
    private const int MaxCollections = 12;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http;

    public ServiceProbe(Uri service, string labKey)
    {
        _http = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Add("X-Lab-Key", labKey);
    }

    /// <inheritdoc />
    public async Task<long> ReadLiveBytesAsync(CancellationToken cancellationToken)
    {
        var last = await CollectAsync(cancellationToken);
        for (var count = 1; count < MaxCollections; count++)
        {
            var next = await CollectAsync(cancellationToken);
            if (Math.Abs(next - last) <= SettledBytes)
                return next;
            last = next;
        }
        return last;
    }

    /// <inheritdoc />
    public async Task<ProcessReading> ReadProcessAsync(CancellationToken cancellationToken)
        => await _http.GetFromJsonAsync<ProcessReading>("/lab/process", Json, cancellationToken) ?? throw new JsonException();

    /// <inheritdoc />
    public async Task<long> CollectAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(new Uri("/lab/collect?passes=1", UriKind.Relative), null, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Collected>(Json, cancellationToken) ?? throw new JsonException()).HeapBytesAfter;
    }

    public void Dispose() => _http.Dispose();

    private sealed record Collected(long HeapBytesAfter);
}
