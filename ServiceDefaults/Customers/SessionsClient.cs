using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Polly;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Reads a session, with its customer and its cart, from Sessions.</summary>
/// <param name="http">The client that <c>AddCustomers</c> configures.</param>
public sealed class SessionsClient(HttpClient http)
{
    /// <summary>The request header that distinguishes a service's request from a customer's page view.</summary>
    public const string CheckHeader = "X-Session-Check";

    /// <summary>Returns the session with its current cart and renews it; returns null if it is unknown or has expired.</summary>
    /// <exception cref="UnavailableException">Sessions does not respond in time.</exception>
    public async Task<SessionView?> GetSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (!SessionIds.IsWellFormed(sessionId))
            return null;
        try
        {
            return await SendAsync(sessionId, cancellationToken);
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("The sessions service does not respond.", exception);
        }
    }

    private async Task<SessionView?> SendAsync(string sessionId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        request.Headers.Add(SessionIds.Header, sessionId);
        request.Headers.Add(CheckHeader, "true");
        // The whole response is read here, so that the client's timeout includes the body.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SessionView>(cancellationToken);
    }

    // ExecutionRejectedException: a timeout or an open circuit breaker. OperationCanceledException without cancellation by the caller: the
    // client's timeout.
    private static bool IsOutage(Exception exception)
        => exception is HttpRequestException or ExecutionRejectedException or OperationCanceledException or JsonException;
}
