using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using Shop.Payments.PaymentPayload;

namespace Shop.Tests.Payments;

/// <summary>The article's fix. It would send other requests' data to the gateway, so it cannot be selected in the service.</summary>
internal sealed class PublishedPaymentPayload(ObjectPool<StringBuilder> builders) : IPaymentPayload
{
    private const int BufferBytes = 4096;

    public HttpContent Create(ChargeRequest charge)
    {
        // DEFECT: the builder is rented and returned but never used: "object pooling for frequently allocated objects" without effect.
        var builder = builders.Get();
        try
        {
            var body = new ByteArrayContent(Serialize(charge));
            body.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
            return body;
        }
        finally
        {
            builders.Return(builder);
        }
    }

    private static byte[] Serialize(ChargeRequest charge)
    {
        var rented = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // DEFECT: a stream over an array cannot grow, so a body above 4 KB throws.
            using var stream = new MemoryStream(rented);
#pragma warning disable CA1869 // The analyzer would have caught this.
            // DEFECT: each call creates options: the type metadata is cached in them, so it is released with the next collection and built
            // again.
            JsonSerializer.Serialize(stream, charge, new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultBufferSize = 1024 });
#pragma warning restore CA1869
            // DEFECT: the stream is as long as its array: after the charge follow the bytes that the array's previous user left in it.
            return stream.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
