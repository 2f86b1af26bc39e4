namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives resources their commands. A resource id is an instance's or a resource's; the latter means all of its instances.</summary>
public class ResourceCommandService(ResourceNotificationService notifications, ILogger<DistributedApplication> logger, IServiceProvider services)
{
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments,
        CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(notifications.Instances(resourceId).Select(i => ExecuteAsync(i, commandName, arguments, cancellationToken)));
        return results.FirstOrDefault(r => !r.Success) ?? results.FirstOrDefault() ?? CommandResults.Failure($"There is no resource '{resourceId}'.");
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(ResourceEvent instance, string name, InteractionInputCollection given, CancellationToken cancellation)
    {
        if (instance.Resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == name) is not { } command)
            return CommandResults.Failure($"Resource '{instance.Resource.Name}' has no command '{name}'.");
        // An input that was left out keeps what it shows at first.
        var answers = command.Options.Arguments.Select(a => given.TryGetByName(a.Name, out var answer) ? a with { Value = answer.Value } : a).ToList();
        if (answers.Find(a => a.Required && string.IsNullOrEmpty(a.Value)) is { } missing)
            return CommandResults.Failure($"Command '{name}' needs a value for '{missing.Name}'.");
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext(services, instance.ResourceId, logger, new InteractionInputCollection(answers), cancellation));
        }
        catch (Exception exception)
        {
            Log.CommandFailed(logger, name, exception);
            return CommandResults.Failure(exception.Message);
        }
    }
}
