namespace LocalAspire.Dashboard;

/// <summary>The ports of the dashboard and of what it reads from, and the secrets between dashboard, AppHost, services and browser.</summary>
internal sealed record DashboardSettings(int Frontend, int Otlp, int OtlpHttp, int ResourceService, string BrowserToken, string ResourceServiceKey, string OtlpKey, string ApiKey)
{
    public static DashboardSettings Choose(IConfiguration configuration, ILogger logger)
    {
        return new(
            Port("the dashboard", "ASPNETCORE_URLS"), Port("the dashboard's OTLP over gRPC", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
            Port("the dashboard's OTLP over HTTP", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"),
            Port("the resource service", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"),
            Secret("AppHost:BrowserToken", "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"),
            Secret("AppHost:ResourceService:ApiKey", "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"),
            Secret("AppHost:OtlpApiKey"), Secret("AppHost:DashboardApiKey"));

        int Port(string what, string key) => FreePorts.Take(configuration.RandomizesPorts() ? null : Configured(configuration[key]), what, logger);

        // Configured under the genuine AppHost's names, else a new one, which is written back there.
        string Secret(string name, string variable = "-")
            => configuration[name] ??= configuration[variable] is { Length: > 0 } given ? given : RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    private static int? Configured(string? addresses)
        => (addresses ?? "").Split(';').Select(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme == "http" ? uri.Port : (int?)null).FirstOrDefault(port => port > 0);

    /// <summary>What the dashboard reads. It keeps the keys of its cookies in <paramref name="home"/>: the user's is not for this.</summary>
    public Dictionary<string, string> ForDashboard(string home) => new()
    {
        ["HOME"] = home,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = $"http://localhost:{Frontend}",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{Otlp}",
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = $"http://localhost:{OtlpHttp}",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://127.0.0.1:{ResourceService}",
        ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "true",
        ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
        ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
        ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = BrowserToken,
        ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = ResourceServiceKey,
        ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = OtlpKey,
        ["DASHBOARD__API__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__API__PRIMARYAPIKEY"] = ApiKey,
        // Killed, it would leave its diagnostic pipes in the temporary folder.
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    /// <summary>What every service needs to send its telemetry. What is seen on the dashboard should be a second old, not five.</summary>
    public Dictionary<string, string> ForServices => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://localhost:{Otlp}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={OtlpKey}",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
    };
}
