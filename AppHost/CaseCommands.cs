using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults;

namespace Shop.AppHost;

/// <summary>Adds the dashboard's commands of a service, which call its lab routes: switch a case, reset a case, collect garbage.</summary>
internal static class CaseCommands
{
    // A leak should be visible within two minutes; the runtime alone runs full collections less often.
    private const string DefaultCollectEvery = "00:00:10";
    private const string CollectEvery = "Shop:CollectEvery";

    /// <summary>Configures a service's lab key and its periodic full collections, and adds the commands.</summary>
    public static IResourceBuilder<ProjectResource> WithCaseCommands(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> labKey)
    {
        var choices = new CaseChoices(new LabReader(service.GetEndpoint("http"), labKey.Resource));
        var configuration = service.ApplicationBuilder.Configuration;
        // Checks the format: otherwise every service would fail instead of the AppHost.
        _ = configuration.GetValue<TimeSpan>(CollectEvery);
        return service.WithEnvironment("Lab__Key", labKey)
            .WithEnvironment("Lab__CollectEvery", configuration[CollectEvery] ?? DefaultCollectEvery)
            .WithLabCommand("collect", "Collect garbage", labKey, _ => "/lab/collect", new HttpCommandOptions
            {
                Description = "Runs two full blocking collections and shows the heap before and after.",
                IconName = "Broom",
            })
            .WithDiagnoseCommand()
            .WithProofCommand(choices)
            .WithLabCommand("switch-case", "Switch a case", labKey, CaseRoute, new HttpCommandOptions
            {
                Method = HttpMethod.Put,
                Description = "Activates the Leaky, Published or Fixed variant of a case in all replicas.",
                IconName = "ArrowSwap",
                IsHighlighted = true,
                Arguments = [choices.CaseInput(), choices.VariantInput()],
            }, arguments => new { variant = arguments.GetString(CaseChoices.Variant) })
            .WithLabCommand("reset-case", "Reset a case", labKey, arguments => $"{CaseRoute(arguments)}/reset", new HttpCommandOptions
            {
                Description = "Releases the items that a case's variants hold; switching to Fixed stops the growth but releases nothing.",
                IconName = "ArrowReset",
                Arguments = [choices.CaseInput()],
            });
    }

    private static string CaseRoute(InteractionInputCollection arguments) => $"/lab/cases/{arguments.GetString(CaseChoices.Case)}";
}
