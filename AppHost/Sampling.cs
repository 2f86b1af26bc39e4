namespace Shop.AppHost;

/// <summary>Which requests the services trace.</summary>
internal static class Sampling
{
    /// <summary>
    /// Traces the requests whose caller traces them or sends no trace at all. Aspire's own setting, <c>always_on</c>, would trace all
    /// requests of the load, most of which ask not to be traced.
    /// </summary>
    public static IDistributedApplicationBuilder FollowCallersSampling(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>())
            builder.CreateResourceBuilder(project).WithEnvironment("OTEL_TRACES_SAMPLER", "parentbased_always_on");
        return builder;
    }
}
