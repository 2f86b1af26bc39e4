using Given = Aspire.Hosting.InteractionInput;

namespace LocalAspire.Dashboard;

/// <summary>
/// Asks on the dashboard for a command's arguments. Questions go out and answers come in on one call that the dashboard keeps open;
/// without it the dashboard shows "Loading…" for ever.
/// </summary>
internal sealed class CommandPrompts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (WatchInteractionsResponseUpdate Question, TaskCompletionSource<InteractionInputCollection?> Answer)> _open = [];
    private readonly List<ChannelWriter<WatchInteractionsResponseUpdate>> _watchers = [];
    private int _last;

    /// <summary>The answers, or null if the user gave the command up.</summary>
    public async Task<InteractionInputCollection?> AskAsync(ResourceCommandAnnotation command, CancellationToken cancellation)
    {
        var question = new WatchInteractionsResponseUpdate
        {
            InteractionId = Interlocked.Increment(ref _last), Title = command.DisplayName, Message = command.Options.Description ?? "",
            PrimaryButtonText = command.DisplayName, ShowSecondaryButton = true, ShowDismiss = true,
            InputsDialog = new InteractionInputsDialog { InputItems = { command.Options.Arguments.Select(ResourceMessage.From) } },
        };
        var answer = new TaskCompletionSource<InteractionInputCollection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _open.Add(question.InteractionId, (question, answer));
            Tell(question);
        }
        try
        {
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(question.InteractionId);
                Tell(new WatchInteractionsResponseUpdate { InteractionId = question.InteractionId, Complete = new InteractionComplete() });
            }
        }
    }

    /// <summary>Serves the dashboard's open call until it leaves.</summary>
    public async Task WatchAsync(GrpcCall call)
    {
        await call.OpenAsync();
        var updates = Channel.CreateUnbounded<WatchInteractionsResponseUpdate>();
        lock (_lock)
        {
            _watchers.Add(updates.Writer);
            foreach (var (question, _) in _open.Values)
                updates.Writer.TryWrite(question);
        }
        try
        {
            var answers = TakeAnswersAsync(call, updates.Writer);
            await foreach (var update in updates.Reader.ReadAllAsync(call.Cancellation))
                await call.WriteAsync(update);
            await answers;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(updates.Writer);
        }
    }

    private async Task TakeAnswersAsync(GrpcCall call, ChannelWriter<WatchInteractionsResponseUpdate> updates)
    {
        try
        {
            while (await call.ReadAsync(WatchInteractionsRequestUpdate.Parser) is { } answer)
                lock (_lock)
                    if (_open.TryGetValue(answer.InteractionId, out var prompt))
                        prompt.Answer.TrySetResult(answer.InputsDialog is { } dialog ? new([.. dialog.InputItems.Select(Answered)]) : null);
        }
        finally
        {
            updates.TryComplete();
        }
    }

    // The name and the value are what counts.
    private static Given Answered(InteractionInput input) => new() { Name = input.Name, InputType = Aspire.Hosting.InputType.Text, Value = input.Value };

    private void Tell(WatchInteractionsResponseUpdate update) => _watchers.ForEach(watcher => watcher.TryWrite(update));
}
