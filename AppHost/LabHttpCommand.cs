using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Shop.ServiceDefaults.Cases;

namespace Shop.AppHost;

/// <summary>Adds a dashboard's command that calls a route which needs the lab key.</summary>
internal static class LabHttpCommand
{
    /// <param name="resource">The resource that has the route.</param>
    /// <param name="name">The command.</param>
    /// <param name="displayName">The command on the dashboard.</param>
    /// <param name="labKey">The key.</param>
    /// <param name="path">The route, by the arguments.</param>
    /// <param name="options">The method, and how the dashboard shows the command.</param>
    /// <param name="body">The body of the request, by the arguments; null for none.</param>
    public static IResourceBuilder<ProjectResource> WithLabCommand(
        this IResourceBuilder<ProjectResource> resource, string name, string displayName, IResourceBuilder<ParameterResource> labKey,
        Func<InteractionInputCollection, string> path, HttpCommandOptions options, Func<InteractionInputCollection, object>? body = null)
    {
        options.PrepareRequest = async context =>
        {
            context.Request.RequestUri = new Uri(context.Request.RequestUri!, path(context.Arguments));
            context.Request.Headers.Add(LabOptions.KeyHeader, await labKey.Resource.GetValueAsync(context.CancellationToken));
            if (body is not null)
                context.Request.Content = JsonContent.Create(body(context.Arguments));
        };
        options.GetCommandResult = ReadResponseAsync;
        return resource.WithHttpCommand("/", displayName, commandName: name, commandOptions: options);
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
