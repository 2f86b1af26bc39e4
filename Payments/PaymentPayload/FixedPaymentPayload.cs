using System.Net.Http.Json;

namespace Shop.Payments.PaymentPayload;

/// <summary>
/// The body is serialized while it is sent: bounded by the serializer's pooled buffer of about 16 KB, which is flushed to the request's
/// stream whenever it is nearly full and returned to its pool at the end. The length is not known in advance, so the request is chunked.
/// </summary>
internal sealed class FixedPaymentPayload : IPaymentPayload
{
    public HttpContent Create(ChargeRequest charge)
        // FIX: the content holds the charge and not its JSON; each attempt serializes it directly into the request's stream.
        => JsonContent.Create(charge, ChargeJson.Default.ChargeRequest);
}
