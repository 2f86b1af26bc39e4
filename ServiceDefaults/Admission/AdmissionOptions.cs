using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Admission;

/// <summary>
/// How many requests a service processes at a time: of all routes that have no <see cref="AdmissionGroup"/> of their own.
/// </summary>
public sealed class AdmissionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Admission";

    /// <summary>The number of requests in progress above which further ones wait.</summary>
    // A bound of the memory that they hold: what they do at a time is bounded by the pool of connections, and costly routes are groups.
    [Range(1, 10_000)]
    public int Concurrent { get; set; } = 512;

    /// <summary>The number of waiting requests above which further ones are refused at once.</summary>
    [Range(0, 10_000)]
    public int Queued { get; set; } = 256;

    /// <summary>How long a request waits at most until it is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(1);
}
