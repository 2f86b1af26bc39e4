using System.Threading.Channels;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dashboard.Protocol;
using InputType = Aspire.Hosting.InputType;
using InteractionInput = Aspire.Hosting.InteractionInput;

namespace LocalAspire.Dashboard;

/// <summary>
/// Asks on the dashboard for a command's arguments. Questions go out and answers come in on one call that the dashboard keeps open;
/// without it the dashboard shows "Loading…" for ever.
/// </summary>
internal sealed class CommandPrompts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Prompt> _open = [];
    private readonly List<ChannelWriter<WatchInteractionsResponseUpdate>> _watchers = [];
    private int _last;

    /// <summary>The answers, or null if the user gave the command up.</summary>
    public async Task<InteractionInputCollection?> AskAsync(ResourceCommandSnapshot command, CancellationToken cancellationToken)
    {
        var prompt = new Prompt(Interlocked.Increment(ref _last), command);
        lock (_lock)
        {
            _open.Add(prompt.Id, prompt);
            Tell(prompt.Question(command.Arguments));
        }
        try
        {
            return await prompt.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(prompt.Id);
                Tell(new WatchInteractionsResponseUpdate { InteractionId = prompt.Id, Complete = new InteractionComplete() });
            }
        }
    }

    /// <summary>Serves the dashboard's open call until it leaves.</summary>
    public async Task WatchAsync(GrpcCall call)
    {
        await call.OpenAsync().ConfigureAwait(false);
        var updates = Channel.CreateUnbounded<WatchInteractionsResponseUpdate>();
        lock (_lock)
        {
            _watchers.Add(updates.Writer);
            foreach (var prompt in _open.Values)
                updates.Writer.TryWrite(prompt.Question(prompt.Command.Arguments));
        }
        try
        {
            var answers = TakeAnswersAsync(call, updates.Writer);
            await foreach (var update in updates.Reader.ReadAllAsync(call.Cancellation).ConfigureAwait(false))
                await call.WriteAsync(update).ConfigureAwait(false);
            await answers.ConfigureAwait(false);
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
            while (await call.TryReadAsync(WatchInteractionsRequestUpdate.Parser).ConfigureAwait(false) is { } answer)
                lock (_lock)
                    if (_open.TryGetValue(answer.InteractionId, out var prompt))
                        Take(prompt, answer);
        }
        finally
        {
            updates.TryComplete();
        }
    }

    private void Take(Prompt prompt, WatchInteractionsRequestUpdate answer)
    {
        if (answer.KindCase != WatchInteractionsRequestUpdate.KindOneofCase.InputsDialog)
        {
            prompt.Answer.TrySetResult(null);
            return;
        }
        var given = answer.InputsDialog.InputItems.ToDictionary(input => input.Name, input => input.Value, StringComparer.OrdinalIgnoreCase);
        var answers = prompt.Command.Arguments.Select(input => Answered(input, given.GetValueOrDefault(input.Name, ""))).ToList();
        if (answers.Any(input => Error(input) is not null))
            Tell(prompt.Question(answers, withErrors: true));
        else if (!answer.ResponseUpdate)
            prompt.Answer.TrySetResult(new InteractionInputCollection(answers));
    }

    private void Tell(WatchInteractionsResponseUpdate update)
    {
        foreach (var watcher in _watchers)
            watcher.TryWrite(update);
    }

    private static InteractionInput Answered(InteractionInput input, string value) => new()
    {
        Name = input.Name, Label = input.Label, Description = input.Description, InputType = input.InputType, Required = input.Required, Options = input.Options,
        Placeholder = input.Placeholder, AllowCustomChoice = input.AllowCustomChoice, MaxLength = input.MaxLength, Value = value,
    };

    private static string? Error(InteractionInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Value))
            return input.Required ? "A value is required." : null;
        if (input.InputType == InputType.Choice && !input.AllowCustomChoice && input.Options?.All(option => option.Key != input.Value) == true)
            return "The value must be one of the options.";
        return input.Value.Length > input.MaxLength ? $"At most {input.MaxLength} characters." : null;
    }

    private sealed record Prompt(int Id, ResourceCommandSnapshot Command)
    {
        public TaskCompletionSource<InteractionInputCollection?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WatchInteractionsResponseUpdate Question(IReadOnlyList<InteractionInput> inputs, bool withErrors = false)
        {
            var dialog = new InteractionInputsDialog();
            foreach (var input in inputs)
            {
                var item = ResourceMessage.From(input);
                if (withErrors && Error(input) is { } error)
                    item.ValidationErrors.Add(error);
                dialog.InputItems.Add(item);
            }
            return new WatchInteractionsResponseUpdate
            {
                InteractionId = Id, Title = Command.DisplayName, Message = Command.DisplayDescription ?? "", PrimaryButtonText = Command.DisplayName,
                ShowSecondaryButton = true, ShowDismiss = true, InputsDialog = dialog,
            };
        }
    }
}
