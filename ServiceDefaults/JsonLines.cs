namespace Shop.ServiceDefaults;

/// <summary>The format of streamed answers: a JSON object in each line.</summary>
public static class JsonLines
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/jsonl";
}
