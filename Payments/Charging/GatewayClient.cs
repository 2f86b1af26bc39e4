using System.Net;
using System.Text.Json;
using Shop.Payments.CustomerLookup;
using Shop.Payments.PaymentGateway;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.Charging;

/// <summary>Charges orders at the gateway. The order's id is the idempotency key, so a repeated call charges only once.</summary>
internal sealed class GatewayClient(
    CaseSwitch<IPaymentGateway> gateway, CaseSwitch<IPaymentPayload> payload, CaseSwitch<ICustomerLookup> customers)
{
    /// <summary>Charges an order.</summary>
    /// <exception cref="UnavailableException">
    /// The gateway is unavailable or overloaded. The order may have been charged; a retry is safe.
    /// </exception>
    public async Task<GatewayCharge> ChargeAsync(ChargeRequest charge, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(charge, cancellationToken);
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("The payment gateway does not respond.", exception);
        }
    }

    private async Task<GatewayCharge> SendAsync(ChargeRequest charge, CancellationToken cancellationToken)
    {
        var customer = await customers.Current.FindAsync(charge.CustomerId, LoadCustomerAsync, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = payload.Current.Create(charge) };
        request.Headers.Add("Customer-Reference", customer.Reference);
        request.Headers.Add("Idempotency-Key", charge.OrderId.ToString());
        return await SendAsync<GatewayCharge>(request, cancellationToken);
    }

    private async ValueTask<GatewayCustomer> LoadCustomerAsync(string customerId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/customers/{Uri.EscapeDataString(customerId)}");
        return await SendAsync<GatewayCustomer>(request, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await gateway.Current.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(cancellationToken)
            ?? throw new JsonException("The gateway's response is empty.");
    }

    // OperationCanceledException without cancellation by the caller is the client's timeout.
    private static bool IsOutage(Exception exception) => exception switch
    {
        HttpRequestException failure => IsOutage(failure.StatusCode),
        OperationCanceledException or IOException => true,
        _ => false,
    };

    // Any other 4xx is an error in the request, which a retry would repeat.
    private static bool IsOutage(HttpStatusCode? status)
        => status is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
