namespace Shop.Payments.PaymentPayload;

/// <summary>Creates the body of a charge request to the gateway.</summary>
internal interface IPaymentPayload
{
    /// <summary>Returns the body; it may be sent several times and is disposed with its request.</summary>
    HttpContent Create(ChargeRequest charge);
}
