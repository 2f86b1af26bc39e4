namespace Shop.Lab.Page.Alerts;

/// <summary>An alert of Prometheus that is firing.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Service">The service that it tells of.</param>
/// <param name="Severity">How bad it is: info, warning or critical.</param>
/// <param name="Summary">What is the matter.</param>
/// <param name="Action">What to do.</param>
/// <param name="Since">When its condition became true.</param>
/// <param name="AsksForDiagnosis">Whether the service is to be diagnosed.</param>
internal sealed record Alert(
    string Name, string Service, string Severity, string Summary, string Action, DateTimeOffset Since, bool AsksForDiagnosis);
