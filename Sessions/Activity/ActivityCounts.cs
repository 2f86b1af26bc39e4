using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Sessions.Activity;

/// <summary>
/// Counts per minute in Redis: a hash per metric and day, whose fields are the minutes of the day. A day's hash has at most
/// 1,440 fields and expires one day after the end of its retention.
/// </summary>
internal sealed class ActivityCounts(IConnectionMultiplexer redis, IOptions<SessionsOptions> options, TimeProvider time)
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);
    private static readonly TimeSpan TimeToLive = Retention + TimeSpan.FromDays(1);

    /// <summary>Increments a count without waiting for Redis. It may be lost: a request must not fail because of statistics.</summary>
    public void Count(string metric)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var key = Key(metric, now.Date);
        try
        {
            var database = redis.GetDatabase();
            database.HashIncrement(key, MinuteOfDay(now), 1, CommandFlags.FireAndForget);
            database.KeyExpire(key, TimeToLive, CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            // Thrown immediately if no server is connected; the requests themselves report the outage.
        }
    }

    /// <summary>
    /// Returns the counts above zero of the minutes that start in the window from <paramref name="from"/> (inclusive) to
    /// <paramref name="to"/> (exclusive), so that adjacent windows count every minute once.
    /// </summary>
    public async Task<IReadOnlyList<ActivityPoint>> ReadAsync(
        string metric, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Retention;
        var first = (from < oldest ? oldest : from).UtcDateTime;
        var points = new List<ActivityPoint>();
        for (var day = first.Date; day < to.UtcDateTime && day <= time.GetUtcNow().UtcDateTime; day = day.AddDays(1))
        {
            var minutes = await redis.GetDatabase().HashGetAllAsync(Key(metric, day)).WaitAsync(cancellationToken);
            var midnight = new DateTimeOffset(day, TimeSpan.Zero);
            points.AddRange(minutes
                .Select(minute => new ActivityPoint(midnight.AddMinutes((int)minute.Name), (long)minute.Value))
                .Where(point => point.Minute >= first && point.Minute < to));
        }
        points.Sort((left, right) => left.Minute.CompareTo(right.Minute));
        return points;
    }

    private RedisKey Key(string metric, DateTime day)
        => string.Create(CultureInfo.InvariantCulture, $"{options.Value.KeyPrefix}activity:{metric}:{day:yyyyMMdd}");

    private static int MinuteOfDay(DateTime instant) => (instant.Hour * 60) + instant.Minute;
}
