using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Load;

namespace Shop.Tests.Lab;

/// <summary>The figures of the last seconds, and what is not known.</summary>
public sealed class LoadFiguresTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ReadingWindow _window = new();
    private readonly LoadStatistics _statistics;

    public LoadFiguresTests() => _statistics = new LoadStatistics(_time);

    [Fact]
    public void TheFirstReadingHasCountsButNoRates()
    {
        _statistics.Arrived(isDropped: false);
        _window.Add(_statistics.Read());

        var figures = LoadFigures.Of(_window);
        Assert.Equal((1, 1, 0), (figures.Arrivals, figures.InFlight, figures.Dropped));
        Assert.Equal((null, null, null), (figures.ArrivalsPerSecond, figures.OrdersPerSecond, figures.PlaceToSettled));
    }

    [Fact]
    public void RatesCoverTenSecondsLatenciesThirtyAndErrorsAMinute()
    {
        Pass(seconds: 40, arrivals: 5, orders: 4, milliseconds: 1_000, errors: 3);
        Pass(seconds: 10, arrivals: 9, orders: 7, milliseconds: 1_000, errors: 1);
        Pass(seconds: 15, arrivals: 3, orders: 2, milliseconds: 100, errors: 1);
        Pass(seconds: 15, arrivals: 2, orders: 1, milliseconds: 200, errors: 2);

        var figures = LoadFigures.Of(_window);
        Assert.Equal((2, 1), (figures.ArrivalsPerSecond, figures.OrdersPerSecond));
        Assert.Equal(45, figures.PlaceToSettled!.Count);
        Assert.InRange(figures.PlaceToSettled.P50!.Value, 98, 102);
        Assert.InRange(figures.PlaceToSettled.P99!.Value, 196, 204);
        Assert.Equal(new ErrorFigure("GET /products", "500", 175, 115), Assert.Single(figures.Errors));
    }

    [Fact]
    public void AYoungLoadIsMeasuredSinceItsStart()
    {
        Pass(seconds: 4, arrivals: 5, orders: 0, milliseconds: 0, errors: 0);

        var figures = LoadFigures.Of(_window);
        Assert.Equal((5, 0), (figures.ArrivalsPerSecond, figures.OrdersPerSecond));
        Assert.Null(figures.PlaceToSettled!.P50);
    }

    [Fact]
    public void AtTheEndTheCountsStay()
    {
        Pass(seconds: 4, arrivals: 5, orders: 2, milliseconds: 10, errors: 1);

        var end = LoadFigures.Of(_window).AtEnd();
        Assert.Equal((20, 8), (end.Arrivals, end.Settled));
        Assert.Equal((null, null, null), (end.ArrivalsPerSecond, end.OrdersPerSecond, end.PlaceToSettled));
        Assert.Equal(new ErrorFigure("GET /products", "500", 4, LastMinute: null), Assert.Single(end.Errors));
    }

    private void Pass(int seconds, int arrivals, int orders, int milliseconds, int errors)
    {
        if (_window.Count == 0)
            _window.Add(_statistics.Read());
        for (var second = 0; second < seconds; second++)
        {
            Repeat(arrivals, () => _statistics.Arrived(isDropped: false));
            Repeat(orders, () => Decide(TimeSpan.FromMilliseconds(milliseconds)));
            Repeat(errors, () => _statistics.Failed("GET /products", "500"));
            _time.Advance(TimeSpan.FromSeconds(1));
            _window.Add(_statistics.Read());
        }
    }

    private void Decide(TimeSpan duration)
        => _statistics.Decided(new OrderOutcome(OrderOutcome.Settled, WasPushed: true), duration, duration);

    private static void Repeat(int count, Action action)
    {
        for (var i = 0; i < count; i++)
            action();
    }
}
