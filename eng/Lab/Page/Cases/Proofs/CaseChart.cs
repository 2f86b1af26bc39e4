using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Shop.Lab.Cases;

namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>Serves the charts of the checked-in report to whoever has the page's cookie.</summary>
internal static class CaseChart
{
    private const string Svg = "image/svg+xml";

    /// <summary>Maps <c>/cases/{id}/chart.svg</c>.</summary>
    public static void MapCaseCharts(this IEndpointRouteBuilder routes)
        => routes.MapGet("/cases/{id}/chart.svg", GetChart).RequireAuthorization().ExcludeFromDescription();

    /// <summary>The address of a case's chart, relative to the page's.</summary>
    public static string AddressOf(string id) => $"cases/{id}/chart.svg";

    /// <summary>A chart that is no file, as an address.</summary>
    public static string AddressWith(string svg) => $"data:{Svg};base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg))}";

    private static async Task<Results<ContentHttpResult, NotFound>> GetChart(string id, CancellationToken cancellation)
        => CaseStudies.Find(id) is { } study && await ReportFolder.CheckedIn.ReadChartAsync(study.Id, cancellation) is { } chart
            ? TypedResults.Content(chart, Svg)
            : TypedResults.NotFound();
}
