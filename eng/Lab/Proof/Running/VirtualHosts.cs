using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Shop.Lab.Proof.Running;

/// <summary>Makes virtual hosts through RabbitMQ's management API.</summary>
/// <param name="management">The API's address.</param>
/// <param name="user">The administrator, as <c>name:password</c>.</param>
internal sealed class VirtualHosts(Uri management, string user)
{
    /// <summary>Makes a virtual host and gives the administrator all rights in it.</summary>
    /// <exception cref="LabException">The broker refused.</exception>
    public async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = management };
        var credentials = Uri.UnescapeDataString(user);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        await PutAsync(http, $"/api/vhosts/{name}", new { }, cancellationToken);
        await PutAsync(http, $"/api/permissions/{name}/{credentials.Split(':')[0]}", new { configure = ".*", write = ".*", read = ".*" }, cancellationToken);
    }

    private static async Task PutAsync<T>(HttpClient http, string path, T body, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync(path, body, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new LabException($"RabbitMQ answered {(int)response.StatusCode} to PUT {path}.");
    }
}
