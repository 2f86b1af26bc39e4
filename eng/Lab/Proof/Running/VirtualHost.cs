using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Shop.Lab.Proof.Running;

/// <summary>A service's own virtual host of the broker, with a user of its own, through RabbitMQ's management API.</summary>
/// <param name="management">The API's address.</param>
/// <param name="broker">The broker's address, with the administrator.</param>
/// <param name="name">The name of the virtual host and of its user.</param>
internal sealed class VirtualHost(Uri management, Uri broker, string name)
{
    private readonly string _password = Guid.NewGuid().ToString("N");

    /// <summary>The address for the service.</summary>
    public Uri Address => new UriBuilder(broker) { UserName = name, Password = _password, Path = $"/{name}" }.Uri;

    private string Limit => $"/api/vhost-limits/{name}/max-connections";

    /// <summary>Makes it, and its user with all rights in it.</summary>
    /// <exception cref="LabException">The broker refused.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        await PutAsync(http, $"/api/vhosts/{name}", new { }, cancellationToken);
        await PutAsync(http, $"/api/users/{name}", new { password = _password, tags = "" }, cancellationToken);
        await PutAsync(http, $"/api/permissions/{name}/{name}", new { configure = ".*", write = ".*", read = ".*" }, cancellationToken);
    }

    /// <summary>Closes all connections and refuses new ones, as an outage of the broker does.</summary>
    /// <exception cref="LabException">The broker refused.</exception>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        await PutAsync(http, Limit, new { value = 0 }, cancellationToken);
        // By their user: the list of a virtual host's connections lacks those of the last seconds.
        await DeleteAsync(http, $"/api/connections/username/{name}", cancellationToken);
    }

    /// <summary>Accepts connections again.</summary>
    /// <exception cref="LabException">The broker refused.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        await DeleteAsync(http, Limit, cancellationToken);
    }

    /// <summary>Deletes it and all in it, and its user.</summary>
    /// <exception cref="LabException">The broker refused.</exception>
    /// <exception cref="HttpRequestException">The broker is away.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        await DeleteAsync(http, $"/api/vhosts/{name}", cancellationToken);
        await DeleteAsync(http, $"/api/users/{name}", cancellationToken);
    }

    private HttpClient CreateClient()
    {
        var authorization = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(broker.UserInfo)));
        return new HttpClient
        {
            BaseAddress = management,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", authorization) },
        };
    }

    private static async Task PutAsync<T>(HttpClient http, string path, T body, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync(path, body, cancellationToken);
        RequireSuccess(response);
    }

    private static async Task DeleteAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken);
        RequireSuccess(response);
    }

    private static void RequireSuccess(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            var request = response.RequestMessage!;
            throw new LabException(
                $"RabbitMQ answered {(int)response.StatusCode} to {request.Method} {request.RequestUri!.AbsolutePath}.");
        }
    }
}
