namespace Shop.Payments.PaymentPayload;

/// <summary>Turns a charge into the body of its request to the gateway.</summary>
internal interface IPaymentPayload
{
    /// <summary>The body; it may be sent again, and is disposed with its request.</summary>
    HttpContent Create(ChargeRequest charge);
}
