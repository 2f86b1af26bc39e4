using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Shop.Documents.LogFormatting;

/// <summary>Retains nothing, but each part of each line is a string, and so is each concatenation of what there is so far.</summary>
internal sealed class LeakyLogFormatting : ILogFormatting
{
    [SuppressMessage("Memory", "SHOP5009", Justification = "The incident: each part of a line was garbage.")]
    public void Write(in AuditEntry entry, IBufferWriter<byte> sink)
    {
        // LEAK: each += copies the line so far into a new string, and the last one is copied into an array.
        var line = "[" + entry.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "] ";
        line += entry.Level.ToString().ToUpperInvariant() + " ";
        line += entry.Category + ": ";
        line += entry.Customer + " " + entry.Method + " ";
        line += entry.Status.ToString(CultureInfo.InvariantCulture) + " " + entry.Path + " " + entry.Agent;
        sink.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
