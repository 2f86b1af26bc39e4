using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using LocalAspire.Dashboard.Protocol;
using InputType = Aspire.Hosting.InputType;
using InteractionInput = Aspire.Hosting.InteractionInput;

namespace LocalAspire.Dashboard;

/// <summary>The methods the dashboard calls. State is read and commands are given through Aspire's public services only.</summary>
internal sealed class ResourceService(string applicationName, ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceCommandService commands)
{
    private const string OldestFittingDashboard = "13.5.0";

    // A client takes at most 4 MB in one message; a character may be several bytes.
    private const int MostCharacters = 1024 * 1024;

    private readonly CommandPrompts _prompts = new();
    private readonly DateTime _created = DateTime.UtcNow;

    public Task CallAsync(string method, GrpcCall call) => method switch
    {
        "GetApplicationInformation" => call.WriteAsync(new ApplicationInformationResponse { ApplicationName = DisplayName(applicationName), MinDashboardVersion = OldestFittingDashboard }),
        "WatchResources" => WatchResourcesAsync(call),
        "WatchResourceConsoleLogs" => WatchConsoleAsync(call),
        "ExecuteResourceCommand" => ExecuteAsync(call),
        "WatchInteractions" => _prompts.WatchAsync(call),
        _ => throw new NotSupportedException($"There is no method {method}."),
    };

    // As in the genuine AppHost: "Shop.AppHost" is shown as "Shop".
    private static string DisplayName(string name)
        => name.EndsWith("AppHost", StringComparison.OrdinalIgnoreCase) && name[..^"AppHost".Length].TrimEnd('.') is { Length: > 0 } shorter ? shorter : name;

    private async Task WatchResourcesAsync(GrpcCall call)
    {
        await call.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResourceData() });
        await foreach (var change in notifications.WatchAsync(call.Cancellation))
        {
            var upsert = ResourceMessage.From(change, _created);
            await call.WriteAsync(new WatchResourcesUpdate { Changes = new() { Value = { new WatchResourcesChange { Upsert = upsert } } } });
        }
    }

    private async Task WatchConsoleAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(WatchResourceConsoleLogsRequest.Parser);
        var batches = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
        await foreach (var batch in batches.WithCancellation(call.Cancellation))
        {
            var update = new WatchResourceConsoleLogsUpdate();
            var characters = 0;
            foreach (var line in batch)
            {
                var text = line.Content.Length > MostCharacters ? line.Content[..MostCharacters] : line.Content;
                if (characters + text.Length > MostCharacters)
                {
                    await call.WriteAsync(update);
                    (update, characters) = (new WatchResourceConsoleLogsUpdate(), 0);
                }
                update.LogLines.Add(new ConsoleLogLine { Text = text, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber });
                characters += text.Length;
            }
            await call.WriteAsync(update);
        }
    }

    private async Task ExecuteAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(ResourceCommandRequest.Parser);
        var arguments = await ArgumentsAsync(request, call.Cancellation);
        var result = arguments is null
            ? CommandResults.Canceled()
            : await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, arguments, call.Cancellation);
        var response = new ResourceCommandResponse
        {
            Kind = result.Canceled ? ResourceCommandResponseKind.Cancelled : result.Success ? ResourceCommandResponseKind.Succeeded : ResourceCommandResponseKind.Failed,
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
            response.Result = new ResourceCommandResult { Value = data.Value, Format = Format(data.Format), DisplayImmediately = data.DisplayImmediately };
        await call.WriteAsync(response);
    }

    // The dashboard gives a command without arguments and expects to be asked for them.
    private Task<InteractionInputCollection?> ArgumentsAsync(ResourceCommandRequest request, CancellationToken cancellationToken)
    {
        var command = notifications.TryGetCurrentState(request.ResourceName, out var state) ? state.Snapshot.Commands.FirstOrDefault(known => known.Name == request.CommandName) : null;
        if (command is { Arguments.Count: > 0 } && request is { Arguments.Count: 0, NonInteractive: false })
            return _prompts.AskAsync(command, cancellationToken);
        return Task.FromResult<InteractionInputCollection?>(new([.. request.Arguments.Select(argument => new InteractionInput
        {
            Name = argument.Key, InputType = InputType.Text, Value = Text(argument.Key, argument.Value),
        })]));
    }

    private static string? Text(string name, Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue.ToString("R", CultureInfo.InvariantCulture),
        Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        Value.KindOneofCase.NullValue => null,
        _ => throw new ArgumentException($"The argument '{name}' must be text, a number, a boolean or null."),
    };

    private static Protocol.CommandResultFormat Format(Aspire.Hosting.ApplicationModel.CommandResultFormat format) => format switch
    {
        Aspire.Hosting.ApplicationModel.CommandResultFormat.Json => Protocol.CommandResultFormat.Json,
        Aspire.Hosting.ApplicationModel.CommandResultFormat.Markdown => Protocol.CommandResultFormat.Markdown,
        _ => Protocol.CommandResultFormat.Text,
    };
}
