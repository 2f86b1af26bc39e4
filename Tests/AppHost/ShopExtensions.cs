using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Tests.AppHost;

internal static class ShopExtensions
{
    // The whole Shop takes 70 s on two idle cores.
    private static readonly TimeSpan HealthyTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Removes all resources from the model except the named ones and the parameters.</summary>
    public static IDistributedApplicationTestingBuilder Only(this IDistributedApplicationTestingBuilder builder, params string[] names)
    {
        var others = builder.Resources.Where(resource => !names.Contains(resource.Name) && resource is not ParameterResource);
        foreach (var resource in others.ToArray())
            builder.Resources.Remove(resource);
        return builder;
    }

    /// <summary>The builder of a project of the AppHost, to configure the project before it starts.</summary>
    public static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationBuilder builder, string name)
        => builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(project => project.Name == name));

    /// <summary>The lab key that the AppHost generated for this run.</summary>
    public static async Task<string> LabKeyAsync(this DistributedApplication app)
    {
        var key = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>()
            .Single(parameter => parameter.Name == "lab-key");
        return await key.GetValueAsync(CancellationToken.None) ?? throw new InvalidOperationException("The lab key has no value.");
    }

    /// <summary>Executes a command of the dashboard, which must succeed, and returns what it shows.</summary>
    public static async Task<string> CommandAsync(this DistributedApplication app, string resource, string command)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
        return result.Data?.Value ?? "";
    }

    /// <summary>Starts the load at its default rate.</summary>
    public static Task StartLoadAsync(this DistributedApplication app) => app.CommandAsync("lab", "start-load");

    /// <summary>Stops the load, if there is one: a test that failed must not leave it to the next.</summary>
    public static Task StopLoadAsync(this DistributedApplication app) => app.CommandAsync("lab", "stop-load");

    /// <summary>Waits until all named resources are healthy; else fails with a description of every resource.</summary>
    public static async Task WaitForHealthyAsync(this DistributedApplication app, params string[] names)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(HealthyTimeout);
        foreach (var name in names)
        {
            try
            {
                // A resource that has just been started again may still be reported as exited.
                await app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.WaitOnResourceUnavailable, timeout.Token);
            }
            catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"{name} did not become healthy within {HealthyTimeout}. {await app.DescribeAsync()}", exception);
            }
        }
    }

    /// <summary>Waits until all replicas of the named services are healthy; else fails with a description of every resource.</summary>
    public static async Task WaitForHealthyReplicasAsync(this DistributedApplication app, int replicas, params string[] names)
    {
        var healthy = names.ToDictionary(name => name, _ => new HashSet<string>());
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(HealthyTimeout);
        try
        {
            await foreach (var change in app.ResourceNotifications.WatchAsync(timeout.Token))
            {
                if (healthy.TryGetValue(change.Resource.Name, out var ids) && change.Snapshot.HealthStatus == HealthStatus.Healthy)
                    ids.Add(change.ResourceId);
                if (healthy.Values.All(seen => seen.Count == replicas))
                    return;
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Not all replicas became healthy within {HealthyTimeout}. {await app.DescribeAsync()}");
        }
    }

    /// <summary>Describes a Shop that does not do what it should: the state, the health and the last log lines of each resource.</summary>
    public static async Task<string> DescribeAsync(this DistributedApplication app)
    {
        var text = new StringBuilder();
        foreach (var (id, snapshot) in await StatesAsync(app))
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{id}: {snapshot.State?.Text ?? "unknown"}, {snapshot.HealthStatus}");
            foreach (var report in snapshot.HealthReports)
                text.Append(CultureInfo.InvariantCulture, $", {report.Name}: {report.Description}");
            foreach (var line in await LastLinesAsync(app, id))
                text.AppendLine().Append("    ").Append(line);
        }
        return text.ToString();
    }

    // A watch begins with all current states, each replica's too.
    private static async Task<SortedDictionary<string, CustomResourceSnapshot>> StatesAsync(DistributedApplication app)
    {
        var states = new SortedDictionary<string, CustomResourceSnapshot>(StringComparer.Ordinal);
        using var watch = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await foreach (var change in app.ResourceNotifications.WatchAsync(watch.Token))
                states[change.ResourceId] = change.Snapshot;
        }
        catch (OperationCanceledException)
        {
            // All have been read.
        }
        return states;
    }

    private static async Task<IEnumerable<string>> LastLinesAsync(DistributedApplication app, string resourceId)
    {
        const int lines = 10;
        var last = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resourceId))
            last.AddRange(batch.Select(line => line.Content));
        return last.TakeLast(lines);
    }
}
