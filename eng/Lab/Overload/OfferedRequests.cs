using Shop.Lab.Load;

namespace Shop.Lab.Overload;

/// <summary>Sends one request again and again, and counts the answers.</summary>
internal sealed class OfferedRequests(HttpMessageInvoker http, Func<HttpRequestMessage> create, TimeProvider time)
{
    private const int Seed = 1;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Sends one request and reads its answer to the end; returns its status.</summary>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = create();
            using var response = await http.SendAsync(request, timeout.Token);
            await response.Content.CopyToAsync(Stream.Null, timeout.Token);
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (IsOfService(exception) && !cancellationToken.IsCancellationRequested)
        {
            return Answers.None;
        }
    }

    /// <summary>Customers who each wait for their answer before they ask again: what the service can do at most.</summary>
    public async Task<Answers> RepeatAsync(int customers, TimeSpan duration, CancellationToken cancellationToken)
    {
        var answers = new Answers();
        var started = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, customers).Select(_ => RepeatAsync()));
        return answers;

        async Task RepeatAsync()
        {
            while (time.GetElapsedTime(started) < duration)
                await AddAsync(answers, time.GetTimestamp(), cancellationToken);
        }
    }

    /// <summary>
    /// Customers who come at a rate, whatever the service does; returns when all have their answer. The time of each starts when it was
    /// due, however late it is sent.
    /// </summary>
    public async Task<Answers> OfferAsync(double ratePerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var answers = new Answers();
        var schedule = new ArrivalSchedule(ratePerSecond, ramp: TimeSpan.Zero, isConstant: false, Seed);
        var started = time.GetTimestamp();
        var sent = new List<Task>();
        for (var arrival = schedule.Next(); arrival.Due < duration; arrival = schedule.Next())
        {
            if (arrival.Due - time.GetElapsedTime(started) is { Ticks: > 0 } early)
                await Task.Delay(early, time, cancellationToken);
            sent.Add(AddAsync(answers, started + (long)(arrival.Due.TotalSeconds * time.TimestampFrequency), cancellationToken));
        }
        await Task.WhenAll(sent);
        return answers;
    }

    private async Task AddAsync(Answers answers, long due, CancellationToken cancellationToken)
    {
        var status = await SendAsync(cancellationToken);
        answers.Add(status, time.GetElapsedTime(due));
    }

    private static bool IsOfService(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;
}
