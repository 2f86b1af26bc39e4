using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Polly;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Asks Sessions who a session belongs to and what is in its cart.</summary>
/// <param name="http">The client that <c>AddCustomers</c> configures.</param>
public sealed class SessionsClient(HttpClient http)
{
    /// <summary>The session with its cart as it is now, which also keeps it alive; null where it is unknown or has expired.</summary>
    /// <exception cref="UnavailableException">Sessions does not answer in time.</exception>
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
            throw new UnavailableException("The sessions cannot be reached.", exception);
        }
    }

    private async Task<SessionView?> SendAsync(string sessionId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sessions/{sessionId}");
        request.Headers.Add(SessionIds.Header, sessionId);
        // The whole answer is read here, so that the client's timeout covers the body too.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SessionView>(cancellationToken);
    }

    // ExecutionRejectedException: a timeout or an open circuit. OperationCanceledException without a cancelled caller: the client's own timeout.
    private static bool IsOutage(Exception exception)
        => exception is HttpRequestException or ExecutionRejectedException or OperationCanceledException or JsonException;
}
