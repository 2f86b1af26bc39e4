using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>The paths that monitoring requests every few seconds.</summary>
internal static class Probes
{
    public const string Health = "/health";
    public const string Alive = "/alive";
    public const string Metrics = "/metrics";

    public static bool Contains(PathString path) => path == Health || path == Alive || path == Metrics;
}
