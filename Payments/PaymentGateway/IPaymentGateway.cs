namespace Shop.Payments.PaymentGateway;

/// <summary>Sends requests to the payment gateway.</summary>
internal interface IPaymentGateway
{
    /// <summary>Sends a request, whose address is relative to the gateway's, and returns the response with its whole body.</summary>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
