using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>Calls the page's drill, so that the page and the command line share one; every failure is one line.</summary>
internal sealed class DrillClient : IDisposable
{
    private const string Route = "/api/drill";
    private readonly HttpClient _http;

    public DrillClient(Uri page, string key)
    {
        _http = new() { BaseAddress = page, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Add(LabOptions.KeyHeader, key);
    }

    public Task<DrillView> ReadAsync(CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Get, Route, null, DrillJson.Default.DrillView, cancellationToken);

    public Task<DrillView> StartAsync(int level, int seed, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Put, Route, JsonContent.Create(new DrillStart(level, seed), DrillJson.Default.DrillStart),
            DrillJson.Default.DrillView, cancellationToken);

    public Task<DrillReply> AnswerAsync(DrillAnswer answer, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Post, $"{Route}/answers", JsonContent.Create(answer, DrillJson.Default.DrillAnswer),
            DrillJson.Default.DrillReply, cancellationToken);

    public Task<DrillView> EndAsync(CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Delete, Route, null, DrillJson.Default.DrillView, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
            var problem = await response.Content.ReadFromJsonAsync(DrillJson.Default.DrillProblem, cancellationToken);
            throw new LabException($"{problem?.Title} {problem?.Detail}".Trim());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LabException(
                $"The Lab's page does not answer at {_http.BaseAddress}. Start the shop with: dotnet run --project AppHost");
        }
        catch (JsonException)
        {
            throw new LabException($"What answers at {_http.BaseAddress} is not the Lab's page.");
        }
    }
}
