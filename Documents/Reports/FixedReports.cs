using Shop.Documents.Rendering;

namespace Shop.Documents.Reports;

/// <summary>
/// Bounded to a chunk of <see cref="ChunkBytes"/> and one row, at any size of report: each chunk is sent before the next one is generated,
/// and its pooled memory is released when it has been sent. The length is not known in advance, so the response is chunked.
/// </summary>
internal sealed class FixedReports : IReports
{
    /// <summary>Well below 85,000 bytes, the size from which an array is allocated on the large object heap.</summary>
    public const int ChunkBytes = 32 * 1024;

    public async Task<long> WriteAsync(Report report, HttpResponse response, CancellationToken cancellationToken)
    {
        var (total, flushed) = (0L, 0L);
        // FIX: the rows are written into the response's own pooled buffers, and flushed before they become large.
        foreach (var bytes in report.WriteRows(response.BodyWriter))
        {
            total += bytes;
            if (total - flushed < ChunkBytes)
                continue;
            flushed = total;
            if ((await response.BodyWriter.FlushAsync(cancellationToken)).IsCompleted)
                return total;
        }
        await response.BodyWriter.FlushAsync(cancellationToken);
        return total;
    }
}
