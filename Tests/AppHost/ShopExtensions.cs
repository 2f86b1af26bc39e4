using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.AppHost;

internal static class ShopExtensions
{
    /// <summary>A project of the AppHost, to change it before it starts.</summary>
    public static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationBuilder builder, string name)
        => builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(project => project.Name == name));

    /// <summary>The lab key that the AppHost generated for this run.</summary>
    public static async Task<string> LabKeyAsync(this DistributedApplication app)
    {
        var key = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "lab-key");
        return await key.GetValueAsync(CancellationToken.None) ?? throw new InvalidOperationException("The lab key has no value.");
    }
}
