namespace LocalAspire.Dashboard;

/// <summary>Asks on the dashboard for a command's arguments, on one call that stays open: without it the dashboard shows "Loading…" for ever.</summary>
internal sealed class CommandPrompts
{
    private readonly ConcurrentDictionary<int, (WatchInteractionsResponseUpdate Question, TaskCompletionSource<InteractionInputCollection?> Answer)> _open = [];
    private readonly Broadcast<WatchInteractionsResponseUpdate> _updates = new();
    private int _last;

    public async Task<InteractionInputCollection?> AskAsync(ResourceCommandAnnotation command, CancellationToken cancellation)
    {
        var question = new WatchInteractionsResponseUpdate
        {
            InteractionId = Interlocked.Increment(ref _last), Title = command.DisplayName, Message = command.Options.Description ?? "",
            PrimaryButtonText = command.DisplayName, ShowSecondaryButton = true, ShowDismiss = true,
            InputsDialog = new InteractionInputsDialog { InputItems = { command.Options.Arguments.Select(ResourceMessage.From) } },
        };
        var answer = new TaskCompletionSource<InteractionInputCollection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _updates.Tell(() => (_open[question.InteractionId] = (question, answer)).Question);
        try
        {
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            _open.TryRemove(question.InteractionId, out _);
            _updates.Tell(() => new WatchInteractionsResponseUpdate { InteractionId = question.InteractionId, Complete = new InteractionComplete() });
        }
    }

    public async Task WatchAsync(GrpcCall call)
    {
        await call.OpenAsync();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation);
        var answers = TakeAnswersAsync(call, left);
        await foreach (var updates in _updates.WatchAsync(() => _open.Values.Select(open => open.Question), left.Token))
            foreach (var update in updates)
                await call.WriteAsync(update);
        await answers;
    }

    private async Task TakeAnswersAsync(GrpcCall call, CancellationTokenSource left)
    {
        while (await call.ReadAsync(WatchInteractionsRequestUpdate.Parser) is { } answer)
            if (_open.TryGetValue(answer.InteractionId, out var prompt))
                prompt.Answer.TrySetResult(answer.InputsDialog is { } dialog ? new([.. dialog.InputItems.Select(i => ResourceMessage.Given(i.Name, i.Value))]) : null);
        await left.CancelAsync();
    }
}
