using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Lab.Load;

/// <summary>Reads answers and throws where one is not what a customer needs. Bodies whose content is only checked are not kept.</summary>
internal static class ShopAnswers
{
    private const string Fine = "fine";
    private const int BufferBytes = 16 * 1024;
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static readonly Func<Stream, CancellationToken, ValueTask<ProductBody[]>> Products = Json(ShopJson.Default.ProductBodyArray);
    public static readonly Func<Stream, CancellationToken, ValueTask<LoggedIn>> LoggedIn = Json(ShopJson.Default.LoggedIn);
    public static readonly Func<Stream, CancellationToken, ValueTask<SessionBody>> Session = Json(ShopJson.Default.SessionBody);
    public static readonly Func<Stream, CancellationToken, ValueTask<PlacedOrder>> Placed = Json(ShopJson.Default.PlacedOrder);
    public static readonly Func<Stream, CancellationToken, ValueTask<OrderBody>> Order = Json(ShopJson.Default.OrderBody);
    public static readonly Func<Stream, CancellationToken, ValueTask<PaymentBody>> Payment = Json(ShopJson.Default.PaymentBody);
    public static readonly Func<Stream, CancellationToken, ValueTask<DocumentBody>> Document = Json(ShopJson.Default.DocumentBody);

    /// <summary>The ids of a page of orders.</summary>
    public static ValueTask<string[]> OrdersAsync(Stream body, CancellationToken cancellationToken) => PageAsync(body, "items", "orderId", cancellationToken);

    /// <summary>The ids of a page of documents.</summary>
    public static ValueTask<string[]> DocumentsAsync(Stream body, CancellationToken cancellationToken) => PageAsync(body, "items", "documentId", cancellationToken);

    /// <summary>A JSON object, whatever it holds.</summary>
    public static async ValueTask<string> ObjectAsync(Stream body, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return json.RootElement.ValueKind == JsonValueKind.Object ? Fine : throw new JsonException();
    }

    /// <summary>Any bytes, but some.</summary>
    public static ValueTask<string> SomethingAsync(Stream body, CancellationToken cancellationToken) => ScanAsync(body, [], cancellationToken);

    /// <summary>Lines of JSON objects.</summary>
    public static ValueTask<string> JsonLinesAsync(Stream body, CancellationToken cancellationToken) => ScanAsync(body, "{"u8.ToArray(), cancellationToken);

    /// <summary>A PNG, by its signature.</summary>
    public static ValueTask<string> PngAsync(Stream body, CancellationToken cancellationToken) => ScanAsync(body, PngSignature, cancellationToken);

    /// <summary>Nothing.</summary>
    public static ValueTask<string> NothingAsync(Stream body, CancellationToken cancellationToken) => ValueTask.FromResult(Fine);

    private static async ValueTask<string> ScanAsync(Stream body, byte[] start, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var read = await body.ReadAtLeastAsync(buffer, Math.Max(1, start.Length), throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                throw new UnexpectedAnswerException("empty");
            if (!buffer.AsSpan(0, read).StartsWith(start))
                throw new UnexpectedAnswerException("unexpected content");
            while (await body.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
            return Fine;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Func<Stream, CancellationToken, ValueTask<T>> Json<T>(JsonTypeInfo<T> type) where T : class
        => async (body, cancellationToken) => await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException();

    private static async ValueTask<string[]> PageAsync(Stream body, string items, string id, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(items, out var page) ? ItemsOf(page, id) : throw new JsonException();
    }

    private static string[] ItemsOf(JsonElement items, string property)
        => items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray().Select(item => TextOf(item, property))] : throw new JsonException();

    private static string TextOf(JsonElement item, string property)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new JsonException();
}
