using System.Buffers;
using System.Text.Json;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderExport;

/// <summary>One line of an export.</summary>
internal static class ExportLine
{
    public static void Write(IBufferWriter<byte> output, OrderView order, JsonSerializerOptions json)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = json.Encoder }))
            JsonSerializer.Serialize(writer, order, json);
        output.Write("\n"u8);
    }
}
