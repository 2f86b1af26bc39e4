using Shop.Lab.Diagnosis.Growth;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class SteadinessTests
{
    /// <summary>Growth is told by its rate: on a busy machine one interval may be ten times as long as the next.</summary>
    [Theory]
    [InlineData(true, new double[] { 0, 1, 2 }, new long[] { 0, 500, 1_000 })]
    [InlineData(true, new double[] { 0, 27, 30 }, new long[] { 0, 900, 1_000 })]
    [InlineData(true, new double[] { 0, 3, 30 }, new long[] { 0, 100, 1_000 })]
    [InlineData(false, new double[] { 0, 15, 30 }, new long[] { 0, 900, 1_000 })]
    [InlineData(false, new double[] { 0, 3, 30 }, new long[] { 0, 900, 1_000 })]
    [InlineData(false, new double[] { 0, 15, 30 }, new long[] { 1_000, 1_000, 1_000 })]
    [InlineData(false, new double[] { 0, 15, 30 }, new long[] { 0, 2_000, 1_000 })]
    public void WhatStopsOrTurnsBackIsNoGrowth(bool isSteady, double[] times, long[] values)
        => Assert.Equal(isSteady, new Steadiness(times).IsSteady(values));
}
