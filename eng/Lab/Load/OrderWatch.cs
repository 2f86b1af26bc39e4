namespace Shop.Lab.Load;

/// <summary>Waits for an order's end as a customer does: on the socket, and when nothing comes by asking; after a while the customer gives up.</summary>
internal sealed class OrderWatch(LoadContext shop, string sessionId, Guid orderId)
{
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);

    /// <summary>How the order ended; null if the customer gave up.</summary>
    public async Task<OrderOutcome?> WaitAsync(OrderSocket? socket, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(GiveUpAfter);
        var pushed = socket?.WaitAsync(orderId, giveUp.Token) ?? Task.FromResult<OrderOutcome?>(null);
        try
        {
            await Task.WhenAny(pushed, Task.Delay(AskAfter, shop.Time, giveUp.Token));
            return pushed.IsCompleted && await pushed is { } outcome ? outcome : await AskAsync(pushed, giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            // The socket is not read any more when its owner closes it.
            await giveUp.CancelAsync();
            await pushed.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<OrderOutcome?> AskAsync(Task<OrderOutcome?> pushed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await shop.Client.SendAsync(new(ShopRoute.Order, $"/orders/{orderId}", sessionId), ShopAnswers.Order, cancellationToken);
            if (pushed.IsCompletedSuccessfully && await pushed is { } outcome)
                return outcome;
            if (answer is not null && OrderOutcome.IsFinal(answer.Status))
                return new(answer.Status, WasPushed: false);
            await Task.Delay(AskEvery, shop.Time, cancellationToken);
        }
    }
}
