namespace Shop.Lab.Page.Alerts;

/// <summary>The alerts that fire now.</summary>
/// <param name="isMonitored">Whether there is a Prometheus.</param>
internal sealed class AlertBoard(bool isMonitored)
{
    private volatile IReadOnlyList<Alert> _firing = [];
    private volatile string? _away = "it has not been asked yet";

    /// <summary>Whether there is a Prometheus.</summary>
    public bool IsMonitored => isMonitored;

    /// <summary>The alerts.</summary>
    public IReadOnlyList<Alert> Firing => _firing;

    /// <summary>Why Prometheus cannot be read; null if it can.</summary>
    public string? Away => _away;

    /// <summary>Shows what was read.</summary>
    public void Show(IReadOnlyList<Alert> firing) => (_firing, _away) = (firing, null);

    /// <summary>Prometheus could not be read: what fired is not known to fire any more.</summary>
    public void Miss(string reason) => (_firing, _away) = ([], reason);
}
