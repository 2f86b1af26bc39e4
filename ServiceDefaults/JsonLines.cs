namespace Shop.ServiceDefaults;

/// <summary>The format of streamed responses: one JSON object per line.</summary>
public static class JsonLines
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/jsonl";
}
