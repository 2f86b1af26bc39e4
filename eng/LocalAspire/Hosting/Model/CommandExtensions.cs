using Aspire.Hosting.ApplicationModel;
using LocalAspire.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

// Commands.
public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null) where T : IResource
    {
        var options = commandOptions ?? new CommandOptions();
        foreach (var former in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name).ToList())
            builder.Resource.Annotations.Remove(former);
        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, options.UpdateState ?? (_ => ResourceCommandState.Enabled), executeCommand,
            options.Description, options.Arguments, options.ConfirmationMessage, options.IconName, options.IconVariant, options.IsHighlighted));
    }

    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName,
        string? endpointName = null, string? commandName = null, HttpCommandOptions? commandOptions = null) where TResource : IResourceWithEndpoints
        => builder.WithHttpCommand(path, displayName, () => builder.HttpEndpoint(endpointName), commandName, commandOptions);

    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName,
        Func<EndpointReference>? endpointSelector, string? commandName = null, HttpCommandOptions? commandOptions = null) where TResource : IResourceWithEndpoints
    {
        var options = commandOptions ?? new HttpCommandOptions();
        var endpoint = (options.EndpointSelector ?? endpointSelector)?.Invoke() ?? builder.HttpEndpoint(null);
        var method = options.Method ??= HttpMethod.Post;
        options.UpdateState ??= context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
        return builder.WithCommand(commandName ?? $"{endpoint.Resource.Name}-{endpoint.EndpointName}-http-{method.Method.ToLowerInvariant()}-{path}",
            displayName, context => HttpCommand.ExecuteAsync(context, endpoint, path, options), options);
    }
}

/// <summary>Sends a command to a resource over HTTP.</summary>
internal static class HttpCommand
{
    public static async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, EndpointReference endpoint, string path, HttpCommandOptions options)
    {
        var clients = context.Services.GetRequiredService<IHttpClientFactory>();
        var client = clients.CreateClient(options.HttpClientName ?? Options.DefaultName);
        // A command may take its time; who gave it can cancel it.
        if (options.HttpClientName is null)
            client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(options.Method!, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
            await prepare(new HttpCommandRequestContext
            {
                Services = context.Services, ResourceName = context.ResourceName, Endpoint = endpoint, HttpClient = client,
                Request = request, Arguments = context.Arguments, CancellationToken = context.CancellationToken,
            }).ConfigureAwait(false);
        using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
        return options.GetCommandResult is { } judge
            ? await judge(new HttpCommandResultContext
            {
                Services = context.Services, ResourceName = context.ResourceName, Endpoint = endpoint, HttpClient = client,
                Response = response, Arguments = context.Arguments, CancellationToken = context.CancellationToken,
            }).ConfigureAwait(false)
            : await JudgeAsync(response, options.ResultMode, context.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<ExecuteCommandResult> JudgeAsync(HttpResponseMessage response, HttpCommandResultMode mode, CancellationToken cancellation)
    {
        var data = mode == HttpCommandResultMode.None ? null : await ReadAsync(response, mode, cancellation).ConfigureAwait(false);
        return new ExecuteCommandResult
        {
            Success = response.IsSuccessStatusCode, Data = data,
            Message = response.IsSuccessStatusCode ? null : $"The request failed with status {(int)response.StatusCode} {response.ReasonPhrase}.",
        };
    }

    private static async Task<CommandResultData?> ReadAsync(HttpResponseMessage response, HttpCommandResultMode mode, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        var json = mode == HttpCommandResultMode.Json
            || (mode == HttpCommandResultMode.Auto && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true);
        return body.Length == 0 ? null : new CommandResultData { Value = body, Format = json ? CommandResultFormat.Json : CommandResultFormat.Text };
    }
}
