using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway;

/// <summary>How the stand-in behaves, from configuration <c>Gateway</c>.</summary>
internal sealed class GatewayOptions : IValidatableObject
{
    public const string Section = "Gateway";

    /// <summary>How long an answer takes on average.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan MeanLatency { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>How far an answer may be faster or slower than that.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LatencyJitter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Which part of the orders is declined, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double DeclineRate { get; set; } = 0.02;

    /// <summary>How many charges the ledger remembers; beyond it the oldest are forgotten, and with them their keys.</summary>
    [Range(1, 1_000_000)]
    public int MaxCharges { get; set; } = 100_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LatencyJitter > MeanLatency)
            yield return new ValidationResult("The jitter must not exceed the mean latency.", [nameof(LatencyJitter)]);
    }
}
