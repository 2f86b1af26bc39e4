using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost;

/// <summary>Adds the dashboard's command that restarts a service with other settings of the runtime.</summary>
internal static class SettingCommand
{
    /// <summary>Adds the command. The choice is kept until the AppHost ends, also when the service is restarted otherwise.</summary>
    public static IResourceBuilder<ProjectResource> WithSettingCommand(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> labKey)
    {
        var choices = new SettingChoices(new LabReader(service.GetEndpoint("http"), labKey.Resource));
        return service
            .WithEnvironment(context =>
            {
                foreach (var (name, value) in choices.ChosenVariables)
                    context.EnvironmentVariables[name] = value;
            })
            .WithCommand("choose-setting", "Choose GC settings", context => RestartAsync(service, choices, context), new CommandOptions
            {
                Description = "Restarts the service with other settings of the garbage collector.",
                IconName = "Settings",
                Arguments = [choices.Input()],
            });
    }

    private static async Task<ExecuteCommandResult> RestartAsync(
        IResourceBuilder<ProjectResource> service, SettingChoices choices, ExecuteCommandContext context)
    {
        choices.Choose(context.Arguments);
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        return await commands.ExecuteCommandAsync(service.Resource, KnownResourceCommands.RestartCommand, context.CancellationToken);
    }
}
