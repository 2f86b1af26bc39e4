using Shop.Lab.Load;
using Shop.Sessions.ActivityMetrics;

namespace Shop.Tests.Sessions;

/// <summary>The compression of the samples: it loses no bit, and is small where it is to be.</summary>
public sealed class SampleChunkTests
{
    private const long Start = 1_800_000_000;
    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue,
        double.MinValue, BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001), BitConverter.UInt64BitsToDouble(ulong.MaxValue),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    /// <summary>Any samples: slots that go back, jump or stand still, and totals that are no numbers.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void WhatIsReadIsBitForBitWhatWasAdded(int seed)
    {
        var random = new Random(seed);
        var samples = new List<ActivitySample> { new(random.NextInt64(), 0) };
        var count = seed % 2 == 0 ? SampleChunk.Capacity : random.Next(1, SampleChunk.Capacity);
        while (samples.Count < count)
            samples.Add(new ActivitySample(SlotAfter(samples[^1].Slot, random), TotalAfter(samples[^1].Total, random)));

        Assert.Equal(Bits(samples), Bits(ChunkOf(samples).Read()));
    }

    /// <summary>The differences of the slots at the limits of each length.</summary>
    [Fact]
    public void ChangesAtTheLimitsOfTheLengthsAreKept()
    {
        long[] limits = [0, 63, 64, -64, -65, 255, 256, -256, -257, 2_047, 2_048, -2_048, -2_049, long.MaxValue, long.MinValue];
        foreach (var limit in limits)
        {
            ActivitySample[] samples = [new(10, 1), new(20, 1), new(unchecked(30 + limit), 1), new(40, 1)];
            Assert.Equal(Bits(samples), Bits(ChunkOf(samples).Read()));
        }
    }

    [Fact]
    public void ACopyKeepsItsSamplesAndGoesOnByItself()
    {
        var original = ChunkOf([new(1, 1), new(2, 3)]);
        var copy = original.Copy();
        original.Add(new ActivitySample(3, 4));
        copy.Add(new ActivitySample(7, 9));

        Assert.Equal([new(1, 1), new(2, 3), new(3, 4)], original.Read());
        Assert.Equal([new(1, 1), new(2, 3), new(7, 9)], copy.Read());
    }

    /// <summary>
    /// Six hours of cart changes as the load makes them: at the times of its arrivals, by the shoppers' own random numbers, one to four of
    /// 500 products and then one more change.
    /// </summary>
    [Fact]
    public void TheSamplesOfTheLoadTakeAtMostThreeBytesEach()
    {
        var total = new SampledSeries();
        var products = Enumerable.Range(0, 500).Select(_ => new SampledSeries()).ToArray();
        var schedule = new ArrivalSchedule(ratePerSecond: 10, ramp: TimeSpan.FromSeconds(20), isConstant: false, seed: 1);
        for (var arrival = schedule.Next(); arrival.Due < TimeSpan.FromHours(6); arrival = schedule.Next())
        {
            var random = Randomness.Of(seed: 1, arrival);
            var second = Start + (long)arrival.Due.TotalSeconds;
            for (var changes = random.Next(1, 5) + 1; changes > 0; changes--)
            {
                total.Add(second);
                products[random.Next(products.Length)].Add(second);
            }
        }
        Assert.InRange(BytesPerSample(total), 0, 3);
        Assert.InRange(BytesPerSample(products), 0, 3);
    }

    private static double BytesPerSample(params SampledSeries[] series)
    {
        var bytes = (double)series.Sum(one => one.Bytes) / series.Sum(one => one.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"{series.Sum(one => one.Count)} samples, {bytes:0.00} B each");
        return bytes;
    }

    private static SampleChunk ChunkOf(IEnumerable<ActivitySample> samples)
    {
        var chunk = new SampleChunk();
        foreach (var sample in samples)
            chunk.Add(sample);
        return chunk;
    }

    // NaNs are equal whatever their bits, and 0 equals -0.
    private static IEnumerable<(long Slot, ulong Total)> Bits(IEnumerable<ActivitySample> samples)
        => samples.Select(sample => (sample.Slot, BitConverter.DoubleToUInt64Bits(sample.Total)));

    private static long SlotAfter(long slot, Random random) => random.Next(6) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => slot - random.Next(10_000),
        2 => slot + random.Next(10_000),
        3 => slot,
        _ => unchecked(slot + 1),
    };

    private static double TotalAfter(double total, Random random) => random.Next(6) switch
    {
        0 => Specials[random.Next(Specials.Length)],
        1 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => random.NextDouble(),
        3 => total,
        _ => total + random.Next(100),
    };
}
