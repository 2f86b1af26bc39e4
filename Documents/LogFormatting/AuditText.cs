using System.Globalization;
using System.Text;

namespace Shop.Documents.LogFormatting;

/// <summary>
/// Text of a client, as it may appear in a line: at most 256 characters, in which control and format characters, line separators and
/// unpaired surrogates are replaced by U+FFFD. So it can neither end its line nor begin another.
/// </summary>
internal readonly struct AuditText(string? text) : IUtf8SpanFormattable
{
    /// <summary>The maximum number of characters; longer text is truncated.</summary>
    public const int MaxLength = 256;

    /// <summary>The maximum size in UTF-8: three bytes for each character, and four for two.</summary>
    public const int MaxBytes = 3 * MaxLength;

    private const string None = "-";

    private ReadOnlySpan<char> Characters
    {
        get
        {
            var all = string.IsNullOrEmpty(text) ? None : text.AsSpan();
            return all[..Math.Min(all.Length, MaxLength)];
        }
    }

    /// <inheritdoc />
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        bytesWritten = 0;
        // An unpaired surrogate is enumerated as U+FFFD.
        foreach (var rune in Characters.EnumerateRunes())
        {
            if (!Printed(rune).TryEncodeToUtf8(utf8Destination[bytesWritten..], out var bytes))
                return false;
            bytesWritten += bytes;
        }
        return true;
    }

    public override string ToString()
    {
        Span<byte> utf8 = stackalloc byte[MaxBytes];
        TryFormat(utf8, out var bytes, format: default, provider: null);
        return Encoding.UTF8.GetString(utf8[..bytes]);
    }

    private static Rune Printed(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        ? Rune.ReplacementChar
        : rune;
}
