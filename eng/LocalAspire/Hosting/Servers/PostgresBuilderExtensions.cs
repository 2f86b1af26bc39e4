using Aspire.Hosting.ApplicationModel;
using LocalAspire.Servers;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>Adds Postgres servers and their databases.</summary>
public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: server.PrimaryEndpoint.EndpointName)
            .WithIconName("DatabaseMultiple")
            .WithLocalServer(PostgresProgram.LocateAsync, async (program, context, cancellation) =>
                await program.PrepareAsync(context, await server.UserNameReference.TextAsync(cancellation), await server.PasswordParameter.TextAsync(cancellation), cancellation))
            .WithHandshake(new PostgresHandshake(server, "postgres"))
            .OnResourceReady((_, _, cancellation) => CreateDatabasesAsync(server, cancellation));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database).WithIconName("Database").WithHandshake(new PostgresHandshake(builder.Resource, database.DatabaseName));
    }

    /// <summary>Keeps the data in a folder beyond the run.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithBindMount(source, "/var/lib/postgresql/data", isReadOnly);

    private static async Task CreateDatabasesAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        await using var connection = await PostgresHandshake.OpenAsync(server, "postgres", cancellationToken);
        foreach (var database in server.Databases.Values.Distinct())
            await CreateDatabaseAsync(connection, database, cancellationToken);
    }

    private static async Task CreateDatabaseAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
                return;
            }
            catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                return;
            }
            // The template may be in use for a moment.
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && attempt < 25)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }
}
