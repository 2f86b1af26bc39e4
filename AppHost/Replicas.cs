using System.Globalization;

namespace Shop.AppHost;

/// <summary>How many processes each service has.</summary>
internal static class Replicas
{
    /// <summary>Configures the number of replicas of each service: 1, which is the default, to <see cref="Max"/>.</summary>
    private const string ConfigurationKey = "Shop:Replicas";

    // Each replica takes memory and connections to the database.
    private const int Max = 8;

    // Three services have a database, and Postgres accepts 97 connections by default. With four replicas of 20 connections each, it
    // refused some in the first seconds, and the services answered 503.
    private const int ConnectionsOfService = 30;

    /// <summary>Gives each of the services the configured number of replicas.</summary>
    public static IDistributedApplicationBuilder ReplicateServices(
        this IDistributedApplicationBuilder builder, params ReadOnlySpan<IResourceBuilder<ProjectResource>> services)
    {
        if (builder.Configuration[ConfigurationKey] is not { Length: > 0 } text)
            return builder;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) || replicas is < 1 or > Max)
            throw new DistributedApplicationException($"{ConfigurationKey} is '{text}'. It can be a number from 1 to {Max}.");
        foreach (var service in services)
            service.WithReplicas(replicas);
        if (replicas > 1)
        {
            foreach (var service in services)
                service.WithPoolSize(ConnectionsOfService / replicas);
        }
        return builder;
    }

    private static void WithPoolSize(this IResourceBuilder<ProjectResource> service, int connections) => service.WithEnvironment(context =>
    {
        foreach (var (variable, value) in context.EnvironmentVariables.ToArray())
        {
            if (value is ConnectionStringReference { Resource: PostgresDatabaseResource database })
            {
                context.EnvironmentVariables[variable] = ReferenceExpression.Create(
                    $"{database.ConnectionStringExpression};Maximum Pool Size={connections.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    });
}
