using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace Shop.Payments.PaymentPayload;

/// <summary>
/// Retains nothing, but a body of n bytes allocates 3 n: a string with two bytes per character, then an array of the encoded bytes. Objects
/// of 85,000 bytes or more are on the large object heap.
/// </summary>
internal sealed class LeakyPaymentPayload : IPaymentPayload
{
    [SuppressMessage("Memory", "SHOP5001", Justification = "The incident: Gen2 collections every 30 s.")]
    public HttpContent Create(ChargeRequest charge)
    {
        // LEAK: the whole body is a string, which StringContent encodes into an array: only a Gen2 collection frees objects of that size.
        var json = JsonSerializer.Serialize(charge, JsonSerializerOptions.Web);
        return new StringContent(json, Encoding.UTF8, MediaTypeNames.Application.Json);
    }
}
