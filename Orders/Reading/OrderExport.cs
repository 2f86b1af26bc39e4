using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;

namespace Shop.Orders.Reading;

/// <summary>Streams all orders of a customer as JSON lines: holds one page in memory, and no connection while the client reads.</summary>
internal sealed class OrderExport(OrderReading orders, IOptions<JsonOptions> json)
{
    public async Task WriteAsync(string customerId, HttpResponse response, CancellationToken cancellationToken)
    {
        // The first page is read before the response starts, so that an unavailable database still results in a 503.
        var page = await orders.ExportPageAsync(customerId, Guid.Empty, cancellationToken);
        response.ContentType = JsonLines.ContentType;
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        while (page.Count > 0)
        {
            foreach (var order in page)
                WriteLine(writer, response.BodyWriter, order);
            // Waits for a slow client, so that at most one page is buffered.
            await response.BodyWriter.FlushAsync(cancellationToken);
            page = await orders.ExportPageAsync(customerId, page[^1].OrderId, cancellationToken);
        }
    }

    private void WriteLine(Utf8JsonWriter writer, IBufferWriter<byte> output, OrderView order)
    {
        JsonSerializer.Serialize(writer, order, json.Value.SerializerOptions);
        writer.Flush();
        writer.Reset();
        output.Write("\n"u8);
    }
}
