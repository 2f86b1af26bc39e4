using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using Shop.Payments.PaymentPayload;

namespace Shop.Tests.Payments;

/// <summary>The article's fix. It would send other requests' data to the gateway, so no service can be switched to it.</summary>
internal sealed class PublishedPaymentPayload(ObjectPool<StringBuilder> builders) : IPaymentPayload
{
    private const int BufferBytes = 4096;

    public HttpContent Create(ChargeRequest charge)
    {
        // DEFECT: rented and returned, never used: "object pooling for frequently allocated objects" that pools nothing.
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
            // DEFECT: options of its own for each call: what the serializer has learned of the types hangs on them and is gone with the next collection.
            JsonSerializer.Serialize(stream, charge, new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultBufferSize = 1024 });
#pragma warning restore CA1869
            // DEFECT: such a stream is as long as its array: behind the charge come the bytes that whoever rented it before left there.
            return stream.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
