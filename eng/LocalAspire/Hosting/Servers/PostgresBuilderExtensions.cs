using Aspire.Hosting.ApplicationModel;
using LocalAspire.Servers;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>Adds Postgres servers and their databases.</summary>
public static class PostgresBuilderExtensions
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithIconName("DatabaseMultiple")
            .WithLocalServer(async (context, progress, cancellation) =>
            {
                var program = await PostgresProgram.LocateAsync(progress, cancellation).ConfigureAwait(false);
                var user = await server.UserNameReference.GetValueAsync(cancellation).ConfigureAwait(false);
                var word = await server.PasswordParameter.GetValueAsync(cancellation).ConfigureAwait(false);
                return await program.PrepareAsync(context, user!, word!, cancellation).ConfigureAwait(false);
            })
            .WithHandshake(_ => new PostgresHandshake(server, "postgres"))
            .OnResourceReady((_, _, cancellation) => CreateDatabasesAsync(server, cancellation));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithHandshake(_ => new PostgresHandshake(builder.Resource, database.DatabaseName));
    }

    /// <summary>Keeps the data in a folder beyond the run.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithBindMount(source, "/var/lib/postgresql/data", isReadOnly);

    private static async Task CreateDatabasesAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        await using var connection = await PostgresHandshake.OpenAsync(server, "postgres", cancellationToken).ConfigureAwait(false);
        foreach (var database in server.Databases.Values.Distinct())
            await CreateDatabaseAsync(connection, database, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CreateDatabaseAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                return;
            }
            // The template is briefly in use, for example by the statistics of a fresh server.
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && attempt < 25)
            {
                await Task.Delay(RetryDelay, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
