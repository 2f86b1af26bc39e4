using Shop.Lab.Proof;
using Shop.Lab.Proof.Measuring;

namespace Shop.Tests.Lab.Kinds;

/// <summary>How long growth is measured.</summary>
public sealed class GrowthMeasurementTests
{
    private const int Window = 10;
    private const double Threshold = 100;

    private static readonly Dictionary<string, long> NoTypes = [];

    [Theory]
    [InlineData(0, 0, nameof(Finding.Flat), 8)]
    [InlineData(300, 0, nameof(Finding.Grows), 8)]
    [InlineData(50, 3_000, nameof(Finding.Flat), 12)]
    [InlineData(130, 3_000, nameof(Finding.Grows), 16)]
    [InlineData(100, 300_000, nameof(Finding.Inconclusive), 64)]
    public async Task ASeriesIsContinuedUntilItIsDecided(int growth, int noise, string finding, int windows)
    {
        var reading = new NoisyReading(noise);
        using var feed = new SmallFeed(count => reading.GrowAsync(count * growth));
        var result = await new GrowthMeasurement(Threshold, reading, feed, Window, warmUp: 0, _ => { })
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(finding, result.Operation.Against(Threshold).ToString());
        Assert.Equal(windows * Window, result.Operations);
    }

    /// <summary>Each value is too high by something between nothing and the noise.</summary>
    private sealed class NoisyReading(int noise) : IGrowthReading
    {
        private long _value;
        private readonly Random _random = new(Seed: 1);

        public Task GrowAsync(int value)
        {
            _value += value;
            return Task.CompletedTask;
        }

        public Task<long> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(_value + _random.Next(noise + 1));

        public Task<IReadOnlyDictionary<string, long>> CountInstancesAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, long>>(NoTypes);
    }
}
