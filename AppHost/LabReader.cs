using System.Net.Http.Json;
using Shop.ServiceDefaults.Cases;

namespace Shop.AppHost;

/// <summary>Reads the lab routes of a running service, for the choices of the dashboard's dialogs.</summary>
internal sealed class LabReader(EndpointReference service, ParameterResource labKey)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<T?> ReadAsync<T>(string route, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(service.Url), Timeout = Timeout };
        http.DefaultRequestHeaders.Add(LabOptions.KeyHeader, await labKey.GetValueAsync(cancellationToken));
        return await http.GetFromJsonAsync<T>($"/lab/{route}", cancellationToken);
    }
}
