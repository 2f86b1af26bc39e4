using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.AppHost;

internal static class ShopExtensions
{
    /// <summary>Leaves only the named resources in the model, with what belongs to them.</summary>
    public static IDistributedApplicationTestingBuilder Only(this IDistributedApplicationTestingBuilder builder, params string[] names)
    {
        foreach (var resource in builder.Resources.Where(resource => !names.Contains(resource.Name) && resource is not ParameterResource).ToArray())
            builder.Resources.Remove(resource);
        return builder;
    }

    /// <summary>A project of the AppHost, to change it before it starts.</summary>
    public static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationBuilder builder, string name)
        => builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(project => project.Name == name));

    /// <summary>The lab key that the AppHost generated for this run.</summary>
    public static async Task<string> LabKeyAsync(this DistributedApplication app)
    {
        var key = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "lab-key");
        return await key.GetValueAsync(CancellationToken.None) ?? throw new InvalidOperationException("The lab key has no value.");
    }

    /// <summary>What a failed start leaves to read: each resource's state, health, and the end of its log.</summary>
    public static async Task<string> DescribeAsync(this DistributedApplication app)
    {
        var text = new StringBuilder();
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            app.ResourceNotifications.TryGetCurrentState(resource.Name, out var current);
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{resource.Name}: {current?.Snapshot.State?.Text ?? "unknown"}, {current?.Snapshot.HealthStatus}");
            foreach (var line in await LastLinesAsync(app, current?.ResourceId ?? resource.Name))
                text.AppendLine().Append("    ").Append(line);
        }
        return text.ToString();
    }

    private static async Task<IEnumerable<string>> LastLinesAsync(DistributedApplication app, string resourceId)
    {
        const int lines = 5;
        var last = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resourceId))
            last.AddRange(batch.Select(line => line.Content));
        return last.TakeLast(lines);
    }
}
