using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Sessions.ActivityLog;

/// <summary>
/// The activity log: a Redis stream of about the latest 10,000 changes. The same Redis serves the sessions, so a writer appends at most
/// five times a second, however many changes at a time.
/// </summary>
internal sealed partial class ActivityStream(
    IConnectionMultiplexer redis, IOptions<SessionsOptions> options, TimeProvider time, ILogger<ActivityStream> logger)
{
    /// <summary>The number of changes in the stream; Redis removes older ones when it has about a hundred of them.</summary>
    public const int MaxLength = 10_000;

    /// <summary>The field of an entry: the change as JSON.</summary>
    public const string Field = "change";

    private volatile bool _isAway;

    private RedisKey Key => $"{options.Value.KeyPrefix}activity-log";

    /// <summary>
    /// Appends changes, all or none of them. While the stream is unavailable, it tries again: if only the answer was lost, they are in
    /// the stream twice.
    /// </summary>
    public async Task AppendAsync(IReadOnlyCollection<CartActivity> changes, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(options.Value.ActivityLogInterval, time, cancellationToken);
        }
        while (!await TryAppendAsync(changes, cancellationToken));
    }

    private async Task<bool> TryAppendAsync(IReadOnlyCollection<CartActivity> changes, CancellationToken cancellationToken)
    {
        try
        {
            var append = redis.GetDatabase().CreateTransaction();
            var added = changes.Select(change => append.StreamAddAsync(
                Key, Field, JsonSerializer.SerializeToUtf8Bytes(change, JsonSerializerOptions.Web), maxLength: MaxLength,
                useApproximateMaxLength: true)).ToArray();
            await append.ExecuteAsync().WaitAsync(cancellationToken);
            await Task.WhenAll(added).WaitAsync(cancellationToken);
            _isAway = false;
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            if (!_isAway)
                LogAway(logger, exception);
            _isAway = true;
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The activity log is unavailable; its writers try again")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
