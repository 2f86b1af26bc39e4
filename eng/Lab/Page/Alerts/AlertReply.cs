namespace Shop.Lab.Page.Alerts;

/// <summary>The reply of Prometheus' <c>/api/v1/alerts</c>.</summary>
internal sealed record AlertReply(AlertReply.AlertData Data)
{
    private const string Firing = "firing";
    private const string Diagnose = "diagnose";

    /// <summary>The alerts that fire, by service and name.</summary>
    public IReadOnlyList<Alert> ReadFiring()
        => [.. Data.Alerts.Where(alert => alert.State == Firing).Select(Read)
            .OrderBy(alert => alert.Service, StringComparer.Ordinal).ThenBy(alert => alert.Name, StringComparer.Ordinal)];

    private static Alert Read(ActiveAlert alert) => new(
        alert.Label("alertname"), alert.Label("service"), alert.Label("severity"), alert.Annotation("summary"), alert.Annotation("action"),
        alert.ActiveAt, alert.Label("run") == Diagnose);

    /// <summary>The alerts that are pending or fire.</summary>
    internal sealed record AlertData(IReadOnlyList<ActiveAlert> Alerts);

    /// <summary>One of them.</summary>
    internal sealed record ActiveAlert(
        IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations, string State, DateTimeOffset ActiveAt)
    {
        public string Label(string name) => Labels.GetValueOrDefault(name, "");

        public string Annotation(string name) => Annotations.GetValueOrDefault(name, "");
    }
}
