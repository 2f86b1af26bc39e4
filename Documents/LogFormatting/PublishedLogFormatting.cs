using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Shop.Documents.LogFormatting;

/// <summary>The article's fix: the line is built in a pooled StringBuilder. It allocates less, but still each part and the line.</summary>
internal sealed class PublishedLogFormatting(ObjectPool<StringBuilder> builders) : ILogFormatting
{
    [SuppressMessage("Memory", "SHOP5009", Justification = "The published fix, with its defect.")]
    public void Write(in AuditEntry entry, IBufferWriter<byte> sink) => sink.Write(Encoding.UTF8.GetBytes(Format(entry)));

    [SuppressMessage("Memory", "SHOP5010", Justification = "The published fix pools the builder only.")]
    private string Format(in AuditEntry entry)
    {
        var builder = builders.Get();
        try
        {
            builder.Clear();
            // DEFECT: only the builder is pooled: time, level and texts are strings first, and the line is a string and an array.
            builder.Append('[').Append(entry.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Append("] ")
                .Append(entry.Level.ToString().ToUpperInvariant()).Append(' ')
                .Append(entry.Category).Append(": ")
                .Append(entry.Customer.ToString()).Append(' ').Append(entry.Method.ToString()).Append(' ')
                .Append(entry.Status).Append(' ').Append(entry.Path.ToString()).Append(' ').Append(entry.Agent.ToString()).Append('\n');
            return builder.ToString();
        }
        finally
        {
            builders.Return(builder);
        }
    }
}
