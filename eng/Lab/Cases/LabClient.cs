using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Cases;

/// <summary>A case in the instance that answered.</summary>
internal sealed record CaseState(string Case, string Variant, long? HeldItems, long? FuseItems, bool Tripped, string Instance);

/// <summary>The number of items before and after a reset.</summary>
internal sealed record ResetResult(string Case, long HeldItemsBefore, long HeldItemsAfter);

/// <summary>The heap before and after a full collection.</summary>
internal sealed record CollectResult(string Instance, long HeapBytesBefore, long HeapBytesAfter);

/// <summary>The process of the instance that answered.</summary>
internal sealed record ProcessInstance(string Instance, int ProcessId);

/// <summary>A cache in the instance that answered.</summary>
internal sealed record CacheState(string Name, long Entries, long Capacity, long? Bytes, int? Recorded, bool IsFull);

/// <summary>The cases of a drill.</summary>
internal sealed record DrillBody(IEnumerable<string> Cases);

/// <summary>The variant to switch to.</summary>
internal sealed record SwitchBody(string Variant);

/// <summary>What a service says of an error.</summary>
internal sealed record Problem(string? Title = null, string? Detail = null);

/// <summary>Calls the lab routes of the services; every failure is one line.</summary>
internal sealed class LabClient : IDisposable
{
    private readonly ShopAddresses _addresses;
    [SuppressMessage("Memory", "SHOP2002", Justification = "The services listen on this machine, whose address stays.")]
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public LabClient(ShopAddresses addresses, string key)
    {
        _addresses = addresses;
        _http.DefaultRequestHeaders.Add("X-Lab-Key", key);
    }

    public Task<CaseState[]> ReadAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Get, "/lab/cases", null, LabJson.Default.CaseStateArray, cancellationToken);

    public Task<CaseState> SwitchAsync(string service, string @case, string variant, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Put, $"/lab/cases/{@case}", JsonContent.Create(new SwitchBody(variant), LabJson.Default.SwitchBody), LabJson.Default.CaseState, cancellationToken);

    public Task<ResetResult> ResetAsync(string service, string @case, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Post, $"/lab/cases/{@case}/reset", null, LabJson.Default.ResetResult, cancellationToken);

    public Task<CollectResult> CollectAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Post, "/lab/collect", null, LabJson.Default.CollectResult, cancellationToken);

    public Task<ProcessInstance> ReadProcessAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Get, "/lab/process", null, LabJson.Default.ProcessInstance, cancellationToken);

    public Task<ForecastView> ReadForecastAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Get, "/lab/forecast", null, LabJson.Default.ForecastView, cancellationToken);

    /// <summary>Starts a drill in all services, whichever is asked.</summary>
    public Task StartDrillAsync(string service, IEnumerable<string> cases, CancellationToken cancellationToken)
        => SendAsync(
            service, HttpMethod.Put, "/lab/drill", JsonContent.Create(new DrillBody(cases), LabJson.Default.DrillBody), cancellationToken);

    /// <summary>Ends the drill in all services, whichever is asked; nothing if none is on.</summary>
    public Task EndDrillAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Delete, "/lab/drill", null, cancellationToken);

    public Task<CacheState[]> ReadCachesAsync(string service, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Get, "/lab/caches", null, LabJson.Default.CacheStateArray, cancellationToken);

    /// <summary>Records what a cache is asked for, up to a number of requests.</summary>
    public Task StartTraceAsync(string service, string cache, int requests, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Put, $"/lab/caches/{cache}/trace?requests={requests}", null, cancellationToken);

    /// <summary>The hashes that were recorded, four bytes each.</summary>
    public Task<byte[]> ReadTraceAsync(string service, string cache, CancellationToken cancellationToken)
        => SendAsync(
            service, HttpMethod.Get, $"/lab/caches/{cache}/trace", null, content => content.ReadAsByteArrayAsync(cancellationToken),
            cancellationToken);

    /// <summary>Stops recording.</summary>
    public Task EndTraceAsync(string service, string cache, CancellationToken cancellationToken)
        => SendAsync(service, HttpMethod.Delete, $"/lab/caches/{cache}/trace", null, cancellationToken);

    /// <summary>Opens an answer that does not end; whoever disposes the stream ends it.</summary>
    public async Task<Stream> OpenAsync(string service, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_addresses[service], path));
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        using (response)
            throw new LabException($"{service} answered {(int)response.StatusCode}: {await ReadProblemAsync(response, cancellationToken)}");
    }

    public void Dispose() => _http.Dispose();

    private Task<T> SendAsync<T>(
        string service, HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => SendAsync(
            service, method, path, body,
            async content => await content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException(), cancellationToken);

    private Task<bool> SendAsync(string service, HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
        => SendAsync(service, method, path, body, _ => Task.FromResult(true), cancellationToken);

    private async Task<T> SendAsync<T>(
        string service, HttpMethod method, string path, HttpContent? body, Func<HttpContent, Task<T>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_addresses[service], path)) { Content = body };
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new LabException($"{service} answered {(int)response.StatusCode}: {await ReadProblemAsync(response, cancellationToken)}");
            return await read(response.Content);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LabException($"{service} does not answer at {_addresses[service].GetLeftPart(UriPartial.Authority)}. Start the shop with: dotnet run --project AppHost");
        }
        catch (JsonException)
        {
            throw new LabException($"What answers at {_addresses[service].GetLeftPart(UriPartial.Authority)} is not {service} of the Shop.");
        }
    }

    private static async Task<string> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync(LabJson.Default.Problem, cancellationToken);
            return $"{problem?.Title} {problem?.Detail}".Trim();
        }
        catch (JsonException)
        {
            return response.ReasonPhrase ?? "no reason given.";
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CacheState[]))]
[JsonSerializable(typeof(ForecastView))]
[JsonSerializable(typeof(CaseState[]))]
[JsonSerializable(typeof(ResetResult))]
[JsonSerializable(typeof(CollectResult))]
[JsonSerializable(typeof(ProcessInstance))]
[JsonSerializable(typeof(SwitchBody))]
[JsonSerializable(typeof(DrillBody))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class LabJson : JsonSerializerContext;
