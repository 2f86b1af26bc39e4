namespace LocalAspire.Orchestration;

/// <summary>The orchestrator reads environment values and arguments as Go templates.</summary>
internal static class Templates
{
    // Marks that no user's text holds stand for the braces of our own templates until the text around them is escaped.
    public const string Open = "\u0001";
    public const string Close = "\u0002";

    /// <summary>A value as a template: braces in the text itself are kept.</summary>
    public static string Escape(string value)
        => value.Replace("{{", """{{"{{"}}""", StringComparison.Ordinal).Replace(Open, "{{", StringComparison.Ordinal).Replace(Close, "}}", StringComparison.Ordinal);
}
