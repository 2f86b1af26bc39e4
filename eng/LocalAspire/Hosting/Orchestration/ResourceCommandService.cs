using LocalAspire.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives resources their commands. A resource id is an instance's or a resource's; the latter means all of its instances.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
        => (_notifications, _loggers, _services) = (notifications, loggers, services);

    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(_notifications.Instances(resourceId).Select(i => ExecuteAsync(i.Resource, i.ResourceId, commandName, arguments, cancellationToken)));
        return results.FirstOrDefault(r => !r.Success) ?? results.FirstOrDefault() ?? CommandResults.Failure($"There is no resource '{resourceId}'.");
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string name, InteractionInputCollection given, CancellationToken cancellation)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == name) is not { } command)
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{name}'.");
        // An input that was left out keeps what it shows at first.
        var answers = new InteractionInputCollection([.. command.Options.Arguments.Select(a => a with { Value = given.TryGetByName(a.Name, out var answer) ? answer.Value : a.Value })]);
        if (answers.FirstOrDefault(a => a.Required && string.IsNullOrEmpty(a.Value)) is { } missing)
            return CommandResults.Failure($"Command '{name}' needs a value for '{missing.Name}'.");
        var logger = _loggers.GetLogger(id);
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext(_services, id, logger, answers, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            Log.CommandFailed(logger, name, exception);
            return CommandResults.Failure(exception);
        }
    }
}
