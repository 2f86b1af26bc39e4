using System.Text.RegularExpressions;

namespace Shop.Lab.Page.Cases.Story;

/// <summary>Splits a text of a README at its code, which keeps its back ticks, and at ❌ and ✅.</summary>
internal static partial class TextParts
{
    public static string[] Split(string text) => Separators().Split(text);

    // The group keeps what separates the texts.
    [GeneratedRegex("(`[^`]+`|❌|✅)")]
    private static partial Regex Separators();
}
