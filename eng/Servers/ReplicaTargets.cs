using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Writes the addresses at which the replicas of projects listen into a file that Prometheus watches. A replica that has ended stays in it:
/// its scrapes fail, which an alert tells, until it listens at another address.
/// </summary>
/// <param name="notifications">The states of the resources.</param>
/// <param name="folder">The folder that Prometheus watches.</param>
internal sealed class ReplicaTargets(ResourceNotificationService notifications, string folder) : BackgroundService
{
    private const string Urls = "ASPNETCORE_URLS";
    private readonly string _file = Path.Combine(folder, "replicas.yml");

    /// <summary>A target of the file: a replica by its id, and its service.</summary>
    internal static string Target(string service, string replica, string address)
        => $"- {{targets: [\"{address}\"], labels: {{service: {service}, instance: {replica}}}}}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (change.Resource is not ProjectResource project || project.GetReplicaCount() == 1 || AddressOf(change) is not { } address)
                continue;
            var target = Target(project.Name, change.ResourceId, address);
            if (targets.TryGetValue(change.ResourceId, out var known) && known == target)
                continue;
            targets[change.ResourceId] = target;
            await WriteAsync(targets.Values, stoppingToken);
        }
    }

    // The orchestrator assigns the port when it starts the replica, and shows it in the variable.
    private static string? AddressOf(ResourceEvent change) => change.Snapshot.EnvironmentVariables is { IsDefault: false } variables
        && Uri.TryCreate(variables.FirstOrDefault(variable => variable.Name == Urls)?.Value, UriKind.Absolute, out var url)
            ? url.Authority
            : null;

    // Prometheus reads a file that is whole.
    private async Task WriteAsync(IEnumerable<string> targets, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync($"{_file}.new", targets, cancellationToken);
        File.Move($"{_file}.new", _file, overwrite: true);
    }
}
