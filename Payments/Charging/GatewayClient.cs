using System.Net;
using System.Text.Json;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.Charging;

/// <summary>The gateway's answer.</summary>
internal sealed record GatewayCharge(string ChargeId, string Status, string? Reason)
{
    /// <exception cref="JsonException">The answer is neither: better an error than a decline that was none.</exception>
    public bool IsApproved => Status switch
    {
        "Approved" => true,
        "Declined" => false,
        _ => throw new JsonException($"The gateway answered with the unknown status '{Status}'."),
    };
}

/// <summary>Charges orders at the external gateway. The order's id is the idempotency key: a repeated call is the same charge.</summary>
internal sealed class GatewayClient(HttpClient http, CaseSwitch<IPaymentPayload> payload)
{
    /// <exception cref="UnavailableException">The gateway is away or overloaded; the order may have been charged, and asking again is safe.</exception>
    public async Task<GatewayCharge> ChargeAsync(ChargeRequest charge, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(charge, cancellationToken);
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("The payment gateway does not answer.", exception);
        }
    }

    private async Task<GatewayCharge> SendAsync(ChargeRequest charge, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = payload.Current.Create(charge) };
        request.Headers.Add("Idempotency-Key", charge.OrderId.ToString());
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<GatewayCharge>(cancellationToken) ?? throw new JsonException("The gateway's answer is empty.");
    }

    // OperationCanceledException without a cancelled caller is the client's own timeout; other 4xx are the request's fault and stay errors.
    private static bool IsOutage(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout } => true,
        OperationCanceledException or IOException => true,
        _ => false,
    };
}

/// <summary>Registers the client.</summary>
internal static class GatewayClientExtensions
{
    private const int MaxConnections = 50;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // No resilience handler: a charge may take long, and only the consumer repeats one.
    public static void AddGatewayClient(this IHostApplicationBuilder builder)
        => builder.Services.AddHttpClient<GatewayClient>(client =>
            {
                client.BaseAddress = new Uri("http://gateway");
                client.Timeout = Timeout;
            })
            // Connections are shared, and renewed so that a changed address is followed.
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.MaxConnectionsPerServer = MaxConnections;
            })
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan);
}
