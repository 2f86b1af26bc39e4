using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.Lab.Overload;

/// <summary>Counts answers by their status, and the time of those that did what was asked.</summary>
internal sealed class Answers
{
    /// <summary>The connection was refused or ended, or the answer did not end in time.</summary>
    public const int None = 0;

    private readonly ConcurrentDictionary<int, long> _counts = [];
    private readonly LatencyHistogram _accepted = new();

    /// <summary>How many there were of each status.</summary>
    public IReadOnlyDictionary<int, long> Counts => _counts;

    /// <summary>How many did what was asked.</summary>
    public long Accepted => _accepted.Read().Count;

    /// <summary>
    /// Whether each is one that a service may give that is offered too much: success, or a refusal that a client may repeat.
    /// </summary>
    public bool AreOrderly => _counts.Keys.All(
        status => IsSuccess(status) || status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable);

    /// <summary>The time that 99 of 100 of them did not exceed; null if there are none.</summary>
    public TimeSpan? P99 => _accepted.Read().Percentile(0.99);

    /// <summary>Whether a status says that what was asked has been done.</summary>
    public static bool IsSuccess(int status) => status is >= 200 and < 300;

    /// <summary>Counts an answer.</summary>
    /// <param name="status">Its status, or <see cref="None"/>.</param>
    /// <param name="took">The time to its last byte.</param>
    public void Add(int status, TimeSpan took)
    {
        _counts.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (IsSuccess(status))
            _accepted.Record(took);
    }

    /// <summary>The counts as one text.</summary>
    public override string ToString() => string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => string.Create(
        CultureInfo.InvariantCulture, $"{(count.Key == None ? "none" : count.Key)}: {count.Value:N0}")));
}
