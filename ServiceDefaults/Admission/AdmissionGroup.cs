namespace Shop.ServiceDefaults.Admission;

/// <summary>
/// Routes that share a number of requests in progress. Costly ones have a group of their own, so that they neither take the memory of many
/// at a time nor the places of the others.
/// </summary>
/// <param name="Name">The group's name.</param>
/// <param name="Concurrent">The number of requests in progress above which further ones wait.</param>
/// <param name="Queued">The number of waiting requests above which further ones are refused at once.</param>
/// <param name="MaxWait">How long a request waits at most until it is refused.</param>
public sealed record AdmissionGroup(string Name, int Concurrent, int Queued, TimeSpan MaxWait);
