using System.Net.Http.Json;

namespace Shop.Payments.PaymentPayload;

/// <summary>
/// The body is written when it is sent: bounded by the serializer's pooled buffer of about 16 KB, which goes to the request's stream whenever it
/// is nearly full and back to its pool at the end. The length is not known ahead, so the request is chunked.
/// </summary>
internal sealed class FixedPaymentPayload : IPaymentPayload
{
    public HttpContent Create(ChargeRequest charge)
        // FIX: the content holds the charge and not its text; each sending writes it anew, straight into the request's stream.
        => JsonContent.Create(charge, ChargeJson.Default.ChargeRequest);
}
