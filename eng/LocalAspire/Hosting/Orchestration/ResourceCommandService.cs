using LocalAspire.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives resources their commands.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
        => (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <summary>Gives a command to all instances of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resource, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>Gives a command with its arguments to all instances of a resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(resource.InstanceIds().Select(id => ExecuteAsync(resource, id, commandName, arguments, cancellationToken))).ConfigureAwait(false);
        return results.FirstOrDefault(r => !r.Success) ?? results[0];
    }

    /// <summary>Gives a command to an instance, or to all instances of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>Gives a command with its arguments to an instance, or to all instances of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
        => _notifications.Instances(resourceId) is [var first, ..] ? ExecuteCommandAsync(first.Resource, commandName, arguments, cancellationToken)
            : _notifications.TryGetCurrentState(resourceId, out var instance) ? ExecuteAsync(instance.Resource, resourceId, commandName, arguments, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}'."));

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(c => c.Name == commandName) is not { } command)
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{commandName}'.");
        var answers = Answers(command, arguments);
        if (answers.FirstOrDefault(a => a.Required && string.IsNullOrEmpty(a.Value)) is { } missing)
            return CommandResults.Failure($"Command '{commandName}' needs a value for '{missing.Name}'.");
        var logger = _loggers.GetLogger(id);
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services, ResourceName = id, Logger = logger, Arguments = answers, CancellationToken = cancellationToken,
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            Log.CommandFailed(logger, commandName, exception);
            return CommandResults.Failure(exception);
        }
    }

    // The command's own inputs with the given answers, so that one that was left out keeps what it shows at first.
    private static InteractionInputCollection Answers(ResourceCommandAnnotation command, InteractionInputCollection given)
        => new([.. command.Arguments.Select(a => new InteractionInput
        {
            Name = a.Name, InputType = a.InputType, Label = a.Label, Required = a.Required, Options = a.Options, AllowCustomChoice = a.AllowCustomChoice,
            Value = given.TryGetByName(a.Name, out var answer) ? answer.Value : a.Value,
        })]);
}
