using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Load;

namespace Shop.Tests.Lab;

/// <summary>What a load of days keeps.</summary>
public sealed class LoadHistoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TheHistoryStaysWithinItsBound()
    {
        var history = new LoadHistory(_time);
        for (var second = 0; second < 2 * LoadHistory.Capacity; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            history.Add(new LoadPoint(_time.GetLocalNow().DateTime, second, null, null, null));
        }

        var points = history.Read();
        Assert.Equal(LoadHistory.Capacity, points.Length);
        Assert.Equal(LoadHistory.Capacity, points[0].ArrivalsPerSecond);
    }

    [Fact]
    public void PointsOlderThanTenMinutesAreLeftOut()
    {
        var history = new LoadHistory(_time);
        history.Add(new LoadPoint(_time.GetLocalNow().DateTime, 1, null, null, null));
        _time.Advance(LoadHistory.Length);
        Assert.Single(history.Read());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(history.Read());
    }

    [Fact]
    public void TheReadingsStayWithinTheLastMinute()
    {
        var window = new ReadingWindow();
        var statistics = new LoadStatistics(_time);
        for (var second = 0; second < 300; second++)
        {
            window.Add(statistics.Read());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(61, window.Count);
        Assert.Equal(TimeSpan.FromSeconds(60), window.Last.Elapsed - window.Oldest.Elapsed);
    }
}
