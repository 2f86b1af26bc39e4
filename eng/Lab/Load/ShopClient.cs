using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Shop.Lab.Load;

/// <summary>
/// Calls the shop and judges each answer: its status, its content, its time. A failure is counted by kind and comes back
/// as null; the shopper decides whether the visit goes on. One connection pool serves all shoppers.
/// </summary>
internal sealed class ShopClient(HttpMessageInvoker http, ShopAddresses addresses, LoadStatistics statistics, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>A connection pool for the whole load; the caller disposes it.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler and disposes it.")]
    public static HttpMessageInvoker CreatePool(int connectionsPerService) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connectionsPerService,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
        AllowAutoRedirect = false,
    }, disposeHandler: true);

    /// <summary>Sends a call and reads its answer; null if it failed, which has been counted.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="read">
    /// Reads the body, and throws <see cref="UnexpectedAnswerException"/> or a <see cref="JsonException"/> where it is not as it must be.
    /// </param>
    /// <param name="cancellationToken">Ends the visit; that is no failure.</param>
    public Task<T?> SendAsync<T>(ShopCall call, Func<Stream, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) where T : class
        => SendAsync(call, read, unknownSession: null, cancellationToken);

    /// <summary>
    /// The same for a call whose session the shop may have forgotten: that is no failure, and <paramref name="unknownSession"/> is the
    /// answer.
    /// </summary>
    public async Task<T?> SendAsync<T>(ShopCall call, Func<Stream, CancellationToken, ValueTask<T>> read, T? unknownSession, CancellationToken cancellationToken) where T : class
    {
        var started = time.GetTimestamp();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = CreateRequest(call);
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized && unknownSession is not null)
                return unknownSession;
            if (response.StatusCode != call.Route.Expected)
                throw new UnexpectedAnswerException(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            var answer = await read(await response.Content.ReadAsStreamAsync(timeout.Token), timeout.Token);
            statistics.Answered(call.Route, time.GetElapsedTime(started));
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && KindOf(exception) is { } kind)
        {
            statistics.Failed(call.Route.Name, kind);
            return null;
        }
    }

    private HttpRequestMessage CreateRequest(ShopCall call)
    {
        var request = new HttpRequestMessage(call.Route.Method, new Uri(addresses[call.Route.Service], call.Path));
        if (call.SessionId is { } sessionId)
            request.Headers.Add("X-Session-Id", sessionId);
        if (call.IdempotencyKey is { } key)
            request.Headers.Add("Idempotency-Key", key);
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        }
        return request;
    }

    private static string? KindOf(Exception exception) => exception switch
    {
        UnexpectedAnswerException => exception.Message,
        OperationCanceledException => "timeout",
        JsonException => "unexpected JSON",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
        HttpRequestException or IOException => exception.GetType().Name,
        _ => null,
    };
}

/// <summary>An answer that is not what its route promises.</summary>
/// <param name="kind">What is wrong, in few words: errors are counted by it.</param>
internal sealed class UnexpectedAnswerException(string kind) : Exception(kind);
