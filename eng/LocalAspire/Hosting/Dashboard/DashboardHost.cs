using Aspire.Hosting.ApplicationModel;
using LocalAspire.Tools;

namespace LocalAspire.Dashboard;

/// <summary>What the dashboard needs to be run, and what services need to send it their telemetry.</summary>
/// <param name="Resource">The dashboard, run by the orchestrator like any executable. Its environment is given by annotations.</param>
/// <param name="ServiceEnvironment">The OTEL variables that are the same for every service.</param>
internal sealed record DashboardLaunch(ExecutableResource Resource, IReadOnlyDictionary<string, string> ServiceEnvironment);

/// <summary>Serves the dashboard with the resources' state.</summary>
internal static class DashboardHost
{
    public static Task<DashboardLaunch?> StartAsync(IServiceProvider services, AspireBundle bundle, CancellationToken cancellationToken)
        => Task.FromResult<DashboardLaunch?>(null);
}
