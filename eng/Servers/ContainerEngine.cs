using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>The container engine of this machine.</summary>
internal static class ContainerEngine
{
    /// <summary>Asks the orchestrator, which would have to run the containers: a client on the PATH proves nothing.</summary>
    public static bool IsRunning(Assembly? appHost)
    {
        var orchestrator = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(data => data.Key == "dcpclipath")?.Value;
        if (orchestrator is null)
            return false;
        using var info = Process.Start(new ProcessStartInfo(orchestrator, "info") { RedirectStandardOutput = true })!;
        using var answer = JsonDocument.Parse(info.StandardOutput.BaseStream);
        return answer.RootElement.GetProperty("containers").GetProperty("running").GetBoolean();
    }
}
