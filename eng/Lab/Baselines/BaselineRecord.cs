using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Baselines;

/// <summary>What was alive in each service after a full collection, in rounds of the same load.</summary>
/// <param name="Time">When it was recorded.</param>
/// <param name="Rate">The load, in orders per second.</param>
/// <param name="RoundSeconds">How long the load lasted in each round.</param>
/// <param name="LiveBytes">Of each service, the bytes after each round.</param>
internal sealed record BaselineRecord(
    DateTimeOffset Time, double Rate, double RoundSeconds, IReadOnlyDictionary<string, IReadOnlyList<long>> LiveBytes)
{
    /// <summary>The number of rounds: as many as an interval of 95 % needs.</summary>
    public const int Rounds = 6;

    /// <summary>Whether the records are of the same load.</summary>
    public bool IsComparable(BaselineRecord other) => (Rate, RoundSeconds) == (other.Rate, other.RoundSeconds);

    /// <summary>The bytes of a service: the median of the rounds, with its interval.</summary>
    public Interval Of(string service) => Interval.Median(LiveBytes[service].Select(bytes => (double)bytes));
}
