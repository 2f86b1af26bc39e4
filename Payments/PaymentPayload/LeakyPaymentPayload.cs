using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace Shop.Payments.PaymentPayload;

/// <summary>Retains nothing, but a body of n bytes costs three times n: a string of two bytes a character, then an array of its bytes, from 85,000 bytes on both on the large object heap.</summary>
internal sealed class LeakyPaymentPayload : IPaymentPayload
{
    public HttpContent Create(ChargeRequest charge)
    {
        // LEAK: the whole body at once as a string, which StringContent copies to an array: only a Gen2 collection frees objects of that size.
        var json = JsonSerializer.Serialize(charge, JsonSerializerOptions.Web);
        return new StringContent(json, Encoding.UTF8, MediaTypeNames.Application.Json);
    }
}
