using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Lab.Page.Cases.Proofs;
using Shop.Lab.Page.Cases.Runs;

namespace Shop.Lab.Page.Cases;

/// <summary>What the pages of the cases need from the server.</summary>
internal static class CasePagesExtensions
{
    // The process itself is ended after CommandLine.StopTimeout; before that, a run that has not ended is killed.
    private static readonly TimeSpan ShutdownTimeout = CommandLine.StopTimeout - TimeSpan.FromSeconds(15);

    /// <summary>Adds the runs, for whose end the server's stop waits.</summary>
    public static void AddCasePages(this IServiceCollection services)
    {
        services.AddSingleton<LabRuns>();
        services.AddHostedService(provider => provider.GetRequiredService<LabRuns>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
    }

    /// <summary>Maps the charts.</summary>
    public static void MapCasePages(this IEndpointRouteBuilder routes) => routes.MapCaseCharts();
}
