using System.Buffers;
using System.Text.Json;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderExport;

/// <summary>Writes the lines of one export.</summary>
internal sealed class ExportWriter(IBufferWriter<byte> output, JsonSerializerOptions json) : IDisposable
{
    private readonly Utf8JsonWriter _writer = new(output, new JsonWriterOptions { Encoder = json.Encoder });

    public void Write(OrderView order)
    {
        JsonSerializer.Serialize(_writer, order, json);
        _writer.Flush();
        _writer.Reset();
        output.Write("\n"u8);
    }

    public void Dispose() => _writer.Dispose();
}
