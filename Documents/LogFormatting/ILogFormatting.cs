using System.Buffers;

namespace Shop.Documents.LogFormatting;

/// <summary>Formats the lines of the audit log.</summary>
internal interface ILogFormatting
{
    /// <summary>Writes an entry as one line of UTF-8 with a line feed at its end.</summary>
    void Write(in AuditEntry entry, IBufferWriter<byte> sink);
}
