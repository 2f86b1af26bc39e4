using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway;

/// <summary>Options of the payment gateway's stand-in, from the configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions : IValidatableObject
{
    public const string Section = "Gateway";

    /// <summary>The mean latency of a response.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan MeanLatency { get; set; } = TimeSpan.FromMilliseconds(15);

    /// <summary>The maximum deviation from <see cref="MeanLatency"/>, in both directions.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LatencyJitter { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The fraction of orders that are declined, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double DeclineRate { get; set; } = 0.02;

    /// <summary>
    /// The maximum number of charges in the ledger; above it the oldest are evicted together with their idempotency keys.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxCharges { get; set; } = 100_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LatencyJitter > MeanLatency)
            yield return new ValidationResult("The jitter must not exceed the mean latency.", [nameof(LatencyJitter)]);
    }
}
