using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Shop.Documents.Rendering;

namespace Shop.Documents.Reports;

/// <summary>
/// Retains nothing, but each report is generated in an array of its own before any of it is sent: more than 1 MB, on the large object heap.
/// </summary>
internal sealed class LeakyReports : IReports
{
    [SuppressMessage("Memory", "SHOP5006", Justification = "The incident: 1 MB on the large object heap each.")]
    public async Task<long> WriteAsync(Report report, HttpResponse response, CancellationToken cancellationToken)
    {
        // LEAK: a new large array for each report; only a Gen2 collection, which stops all threads longest, frees it.
        var buffer = new ArrayBufferWriter<byte>(ReportsCase.UsualBytes);
        var size = report.WriteRows(buffer).Sum();
        response.ContentLength = size;
        await response.BodyWriter.WriteAsync(buffer.WrittenMemory, cancellationToken);
        return size;
    }
}
