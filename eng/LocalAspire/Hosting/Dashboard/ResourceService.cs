using Google.Protobuf.WellKnownTypes;

namespace LocalAspire.Dashboard;

/// <summary>The methods the dashboard calls. State is read and commands are given through Aspire's public services only.</summary>
internal sealed class ResourceService(IHostEnvironment environment, ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceCommandService commands)
{
    // A client takes at most 4 MB in one message, which holds up to 50 lines; a character may be several bytes.
    private const int CharactersInLine = 20_000;
    private readonly CommandPrompts _prompts = new();

    public Task CallAsync(string method, GrpcCall call) => method switch
    {
        "GetApplicationInformation" => call.WriteAsync(new ApplicationInformationResponse { ApplicationName = Regex.Replace(environment.ApplicationName, @"(?<=\w)\.AppHost$", "") }),
        "WatchResources" => WatchResourcesAsync(call),
        "WatchResourceConsoleLogs" => WatchConsoleAsync(call),
        "ExecuteResourceCommand" => ExecuteAsync(call),
        "WatchInteractions" => _prompts.WatchAsync(call),
        _ => throw new NotSupportedException($"There is no method {method}."),
    };

    private async Task WatchResourcesAsync(GrpcCall call)
    {
        await call.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResourceData() });
        await foreach (var change in notifications.WatchAsync(call.Cancellation))
        {
            var upsert = new WatchResourcesChange { Upsert = ResourceMessage.From(change) };
            await call.WriteAsync(new WatchResourcesUpdate { Changes = new WatchResourcesChanges { Value = { upsert } } });
        }
    }

    private async Task WatchConsoleAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(WatchResourceConsoleLogsRequest.Parser) ?? new();
        var batches = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
        await foreach (var batch in batches.WithCancellation(call.Cancellation))
        {
            var shown = batch.Select(line => new ConsoleLogLine { Text = Shortened(line.Content), IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber });
            await call.WriteAsync(new WatchResourceConsoleLogsUpdate { LogLines = { shown } });
        }
    }

    private static string Shortened(string line) => line.Length > CharactersInLine ? line[..CharactersInLine] + " …" : line;

    private async Task ExecuteAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(ResourceCommandRequest.Parser) ?? new();
        var result = await ArgumentsAsync(request, call.Cancellation) is { } arguments
            ? await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, arguments, call.Cancellation)
            : CommandResults.Canceled();
        var kind = result.Success ? ResourceCommandResponseKind.Succeeded : result.Canceled ? ResourceCommandResponseKind.Cancelled : ResourceCommandResponseKind.Failed;
        var response = new ResourceCommandResponse { Kind = kind, Message = result.Message ?? "" };
        if (result.Data is { } data)
            response.Result = new ResourceCommandResult { Value = data.Value, Format = ResourceMessage.Same<CommandResultFormat>(data.Format), DisplayImmediately = data.DisplayImmediately };
        await call.WriteAsync(response);
    }

    // The dashboard gives a command without arguments and expects to be asked for them.
    private Task<InteractionInputCollection?> ArgumentsAsync(ResourceCommandRequest request, CancellationToken cancellation)
    {
        var known = notifications.Instances(request.ResourceName).SelectMany(i => i.Snapshot.Commands).FirstOrDefault(c => c.Command.Name == request.CommandName);
        if (known is { Command.Options.Arguments.Count: > 0 } && request is { Arguments.Count: 0, NonInteractive: false })
            return _prompts.AskAsync(known.Command, cancellation);
        return Task.FromResult<InteractionInputCollection?>(new([.. request.Arguments.Select(a => ResourceMessage.Given(a.Key, Text(a.Value)))]));
    }

    // Numbers and booleans in the form that JSON has for them.
    private static string Text(Value value) => value.KindCase is Value.KindOneofCase.StringValue ? value.StringValue : value.HasNullValue ? "" : value.ToString();
}
