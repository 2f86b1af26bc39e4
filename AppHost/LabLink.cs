namespace Shop.AppHost;

/// <summary>The dashboard's link to the Lab's page.</summary>
internal static class LabLink
{
    /// <summary>Adds the lab key to the link as its fragment, which a browser sends to no server.</summary>
    public static IResourceBuilder<ProjectResource> WithKeyInLink(
        this IResourceBuilder<ProjectResource> lab, IResourceBuilder<ParameterResource> labKey)
        => lab.WithUrls(async context =>
        {
            var key = await labKey.Resource.GetValueAsync(context.CancellationToken);
            foreach (var url in context.Urls)
            {
                url.Url = $"{url.Url.TrimEnd('/')}/#{key}";
                url.DisplayText = "Lab";
            }
        });
}
