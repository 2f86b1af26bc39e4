using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.AppHost;

internal static class ShopExtensions
{
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

    /// <summary>Describes a Shop that does not do what it should: the state, the health and the last log lines of each resource.</summary>
    public static async Task<string> DescribeAsync(this DistributedApplication app)
    {
        var text = new StringBuilder();
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            app.ResourceNotifications.TryGetCurrentState(resource.Name, out var current);
            var state = current?.Snapshot.State?.Text ?? "unknown";
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{resource.Name}: {state}, {current?.Snapshot.HealthStatus}");
            foreach (var report in current?.Snapshot.HealthReports ?? [])
                text.Append(CultureInfo.InvariantCulture, $", {report.Name}: {report.Description}");
            foreach (var line in await LastLinesAsync(app, current?.ResourceId ?? resource.Name))
                text.AppendLine().Append("    ").Append(line);
        }
        return text.ToString();
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
