using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Shop.Documents.LogFormatting;

/// <summary>
/// Bounded to <see cref="MaxLineBytes"/> of the sink's buffer, and allocates nothing: each part is formatted as UTF-8 where it is sent
/// from.
/// </summary>
internal sealed class FixedLogFormatting : ILogFormatting
{
    /// <summary>Four texts of clients, and the rest.</summary>
    public const int MaxLineBytes = (4 * AuditText.MaxBytes) + 256;

    private static readonly string[] Levels = [.. Enum.GetNames<LogLevel>().Select(name => name.ToUpperInvariant())];

    public void Write(in AuditEntry entry, IBufferWriter<byte> sink)
    {
        // FIX: no strings: an interpolated string handler writes the parts one after the other into the sink's own memory.
        Utf8.TryWrite(
            sink.GetSpan(MaxLineBytes), CultureInfo.InvariantCulture,
            $"[{entry.Time:yyyy-MM-dd HH:mm:ss}] {Levels[(int)entry.Level]} {entry.Category}: {entry.Customer} {entry.Method} "
            + $"{entry.Status} {entry.Path} {entry.Agent}\n", out var bytes);
        sink.Advance(bytes);
    }
}
