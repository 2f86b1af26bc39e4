using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Documents.Rendering;

/// <summary>
/// Renders a document's title from a template with the placeholders {order}, {created}, {width}, {height} and {size}. An unknown one stays
/// as it is.
/// </summary>
internal static partial class DocumentTitle
{
    public static string Render(string template, DocumentView document)
        => Placeholder().Replace(template, placeholder => ValueOf(placeholder.Groups[1].Value, document) ?? placeholder.Value);

    private static string? ValueOf(string placeholder, DocumentView document) => placeholder switch
    {
        "order" => $"{document.OrderId}",
        "created" => document.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "width" => document.Width.ToString(CultureInfo.InvariantCulture),
        "height" => document.Height.ToString(CultureInfo.InvariantCulture),
        "size" => document.Size.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
