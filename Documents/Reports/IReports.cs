using Shop.Documents.Rendering;

namespace Shop.Documents.Reports;

/// <summary>Sends reports of documents.</summary>
internal interface IReports
{
    /// <summary>Writes the report as the response's body and returns its size in bytes.</summary>
    Task<long> WriteAsync(Report report, HttpResponse response, CancellationToken cancellationToken);
}
