using Aspire.Hosting;

namespace LocalAspire.Tools;

/// <summary>The genuine orchestrator and dashboard on this machine.</summary>
internal sealed record AspireBundle(string DcpPath, string DashboardPath, string DashboardWorkingDirectory)
{
    public static Task<AspireBundle> LocateAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var dcp = Environment.GetEnvironmentVariable("ASPIRE_DCP_PATH");
        var dashboard = Environment.GetEnvironmentVariable("ASPIRE_DASHBOARD_PATH");
        return File.Exists(dcp) && File.Exists(dashboard)
            ? Task.FromResult(new AspireBundle(dcp, dashboard, Path.GetDirectoryName(dashboard)!))
            : throw new DistributedApplicationException("The orchestrator was not found. Set ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH to the files dcp and aspire-managed.");
    }
}
