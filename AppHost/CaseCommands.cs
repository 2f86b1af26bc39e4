using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

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
            .WithLabCommand("collect", "Collect garbage", labKey, _ => "collect", new HttpCommandOptions
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
            })
            .WithLabCommand("reset-case", "Reset a case", labKey, arguments => $"{CaseRoute(arguments)}/reset", new HttpCommandOptions
            {
                Description = "Releases the items that a case's variants hold; switching to Fixed stops the growth but releases nothing.",
                IconName = "ArrowReset",
                Arguments = [choices.CaseInput()],
            });
    }

    private static string CaseRoute(InteractionInputCollection arguments) => $"cases/{arguments.GetString(CaseChoices.Case)}";

    private static IResourceBuilder<ProjectResource> WithLabCommand(
        this IResourceBuilder<ProjectResource> service, string name, string displayName, IResourceBuilder<ParameterResource> labKey,
        Func<InteractionInputCollection, string> route, HttpCommandOptions options)
    {
        options.PrepareRequest = async context =>
        {
            context.Request.RequestUri = new Uri(context.Request.RequestUri!, $"/lab/{route(context.Arguments)}");
            context.Request.Headers.Add(LabOptions.KeyHeader, await labKey.Resource.GetValueAsync(context.CancellationToken));
            if (context.Arguments.ContainsName(CaseChoices.Variant))
                context.Request.Content = JsonContent.Create(new { variant = context.Arguments.GetString(CaseChoices.Variant) });
        };
        options.GetCommandResult = ReadResponseAsync;
        return service.WithHttpCommand("/lab", displayName, commandName: name, commandOptions: options);
    }

    // The default result of a failure contains only the status; the problem details contain the reason.
    private static async Task<ExecuteCommandResult> ReadResponseAsync(HttpCommandResultContext context)
    {
        var body = context.Response.Content;
        if (context.Response.IsSuccessStatusCode)
        {
            var result = await body.ReadAsStringAsync(context.CancellationToken);
            return CommandResults.Success("Done", result, CommandResultFormat.Json, displayImmediately: true);
        }
        var problem = await body.ReadFromJsonAsync<ProblemDetails>(context.CancellationToken);
        return CommandResults.Failure($"{problem?.Title} {problem?.Detail}");
    }
}
