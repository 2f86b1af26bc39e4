using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>Reads the OTLP JSON of the dashboard's telemetry API.</summary>
internal static class TelemetryJson
{
    /// <summary>A span: the service that recorded it, its trace, whether that begins with it, its name and its attributes.</summary>
    public sealed record Span(string Service, string TraceId, bool IsRoot, string Name, IReadOnlyDictionary<string, string> Attributes);

    /// <summary>The spans of one trace.</summary>
    public static IEnumerable<Span> SpansOf(JsonElement response, string traceId)
        => SpansOf(response).Where(span => string.Equals(span.TraceId, traceId, StringComparison.OrdinalIgnoreCase));

    /// <summary>All spans, at whatever depth the response contains resourceSpans.</summary>
    public static IEnumerable<Span> SpansOf(JsonElement response)
        => from resourceSpans in PropertiesNamed(response, "resourceSpans").SelectMany(array => array.EnumerateArray())
           let service = ServiceName(resourceSpans.GetProperty("resource"))
           from scope in resourceSpans.GetProperty("scopeSpans").EnumerateArray()
           from span in scope.GetProperty("spans").EnumerateArray()
           let isRoot = !span.TryGetProperty("parentSpanId", out var parent) || string.IsNullOrEmpty(parent.GetString())
           select new Span(
               service, span.GetProperty("traceId").GetString()!, isRoot, span.GetProperty("name").GetString()!, AttributesOf(span));

    private static Dictionary<string, string> AttributesOf(JsonElement span)
        => span.TryGetProperty("attributes", out var attributes)
            ? attributes.EnumerateArray().ToDictionary(attribute => attribute.GetProperty("key").GetString()!, ValueOf)
            : [];

    // The value is in a property named after its type, e.g. stringValue.
    private static string ValueOf(JsonElement attribute)
        => attribute.GetProperty("value").EnumerateObject().Select(value => value.Value.ToString()).FirstOrDefault("");

    private static IEnumerable<JsonElement> PropertiesNamed(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => property.NameEquals(name) ? [property.Value] : PropertiesNamed(property.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => PropertiesNamed(item, name)),
        _ => [],
    };

    private static string ServiceName(JsonElement resource)
        => resource.GetProperty("attributes").EnumerateArray()
            .First(attribute => attribute.GetProperty("key").GetString() == "service.name")
            .GetProperty("value").GetProperty("stringValue").GetString()!;
}
