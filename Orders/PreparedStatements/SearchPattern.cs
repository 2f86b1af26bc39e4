namespace Shop.Orders.PreparedStatements;

/// <summary>Patterns of LIKE.</summary>
internal static class SearchPattern
{
    /// <summary>The character that makes a wildcard an ordinary character; Postgres' default.</summary>
    public const string Escape = "\\";

    /// <summary>The pattern of the values that contain a text.</summary>
    public static string Containing(string text)
    {
        var escaped = text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }
}
