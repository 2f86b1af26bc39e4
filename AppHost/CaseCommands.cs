using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults.Cases;

namespace Shop.AppHost;

/// <summary>The dashboard's commands on a service: switch one of its cases, reset it, collect garbage. They call the service's lab routes.</summary>
internal static class CaseCommands
{
    public const string CaseArgument = "case";
    private const string VariantArgument = "variant";
    // A leak is to be seen within two minutes; the runtime alone would collect the whole heap once in many.
    private static readonly TimeSpan CollectEvery = TimeSpan.FromSeconds(10);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Hands the lab key to a service, has it collect in full now and then, and adds the commands to it.</summary>
    public static IResourceBuilder<ProjectResource> WithCaseCommands(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> labKey)
    {
        var lab = new LabRoutes(service.GetEndpoint("http"), labKey.Resource);
        var collectEvery = service.ApplicationBuilder.Configuration.GetValue("Shop:CollectEvery", CollectEvery);
        service.WithEnvironment("Lab__Key", labKey).WithEnvironment("Lab__CollectEvery", collectEvery.ToString("c", CultureInfo.InvariantCulture))
            .WithCommand("collect", "Collect garbage", context => lab.PostAsync("collect", context.CancellationToken),
                new CommandOptions { Description = "Runs two full blocking collections and tells the heap before and after.", IconName = "Broom", UpdateState = WhenRunning });

        var cases = CaseCatalog.Of(service.Resource.Name);
        return cases.Count == 0 ? service : service.WithProofCommand(cases)
            .WithCommand("switch-case", "Switch a case", context => lab.SwitchAsync(context.Arguments, context.CancellationToken), new CommandOptions
            {
                Description = "Makes the Leaky, Published or Fixed variant of a case the active one, in all replicas.",
                IconName = "ArrowSwap",
                IsHighlighted = true,
                Arguments = [CaseChoice(cases), VariantChoice()],
                UpdateState = WhenRunning,
            })
            .WithCommand("reset-case", "Reset a case", context => lab.PostAsync($"cases/{context.Arguments[CaseArgument].Value}/reset", context.CancellationToken), new CommandOptions
            {
                Description = "Lets go of what a case's variants hold. Switching to Fixed stops the growth but frees nothing, as in production.",
                IconName = "ArrowReset",
                Arguments = [CaseChoice(cases)],
                UpdateState = WhenRunning,
            });
    }

    public static InteractionInput CaseChoice(IReadOnlyList<CaseStudy> cases) => new()
    {
        Name = CaseArgument,
        Label = "Case",
        InputType = InputType.Choice,
        Required = true,
        Value = cases[0].Id,
        Options = [.. cases.Select(study => KeyValuePair.Create(study.Id, study.Id))],
    };

    private static ResourceCommandState WhenRunning(UpdateCommandStateContext context)
        => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static InteractionInput VariantChoice() => new()
    {
        Name = VariantArgument,
        Label = "Variant",
        InputType = InputType.Choice,
        Required = true,
        Value = CaseVariant.Leaky.Name(),
        Options = [.. CaseVariants.All.Select(variant => KeyValuePair.Create(variant.Name(), variant.Name()))],
    };

    /// <summary>The lab routes of one service, called with the lab key.</summary>
    private sealed class LabRoutes(EndpointReference endpoint, ParameterResource labKey)
    {
        public Task<ExecuteCommandResult> SwitchAsync(InteractionInputCollection arguments, CancellationToken cancellationToken)
            => SendAsync(HttpMethod.Put, $"cases/{arguments[CaseArgument].Value}", new { variant = arguments[VariantArgument].Value }, cancellationToken);

        public Task<ExecuteCommandResult> PostAsync(string route, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, route, null, cancellationToken);

        private async Task<ExecuteCommandResult> SendAsync(HttpMethod method, string route, object? body, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(method, $"{endpoint.Url}/lab/{route}") { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Add(LabOptions.KeyHeader, await labKey.GetValueAsync(cancellationToken));
            try
            {
                using var response = await Http.SendAsync(request, cancellationToken);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                return response.IsSuccessStatusCode
                    ? CommandResults.Success("Done", new CommandResultData { Value = answer.ToString(), Format = CommandResultFormat.Json, DisplayImmediately = true })
                    : CommandResults.Failure(Describe(answer));
            }
            catch (HttpRequestException exception)
            {
                return CommandResults.Failure(exception.Message);
            }
        }

        private static string Describe(JsonElement problem) => $"{Text(problem, "title")} {Text(problem, "detail")}";

        private static string? Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var text) ? text.GetString() : null;
    }
}
