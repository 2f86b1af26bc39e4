using System.Data.Common;
using Npgsql;

namespace Aspire.Hosting.ApplicationModel
{
    public class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
    {
        public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");
        public ParameterResource? UserNameParameter { get; } = userName;
        public ParameterResource PasswordParameter { get; } = password;
        public ReferenceExpression UserNameReference => UserNameParameter is null ? ReferenceExpression.Create($"postgres") : ReferenceExpression.Create($"{UserNameParameter}");

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
            $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={UserNameReference};Password={PasswordParameter}");
    }

    public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
        : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
    {
        public PostgresServerResource Parent { get; } = postgresParentResource;
        public string DatabaseName { get; } = databaseName;

        public ReferenceExpression ConnectionStringExpression
            => ReferenceExpression.Create($"{Parent};{new DbConnectionStringBuilder { ["Database"] = DatabaseName }.ConnectionString}");
    }
}

namespace Aspire.Hosting
{
    public static class PostgresBuilderExtensions
    {
        public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name,
            IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
        {
            var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
            var server = new PostgresServerResource(name, userName?.Resource, secret);
            return builder.AddResource(server)
                .WithEndpoint(new EndpointAnnotation("tcp", "tcp", port))
                .WithAnnotation(new LocalServerAnnotation(PostgresProgram.LocateAsync, async (context, cancellation) =>
                {
                    var program = await PostgresProgram.LocateAsync(context.Logger, cancellation);
                    return await program.PrepareAsync(context, await server.UserNameReference.TextAsync(cancellation), await secret.TextAsync(cancellation), cancellation);
                }))
                .WithHandshake(cancellation => RunAsync(server, "postgres", "SELECT 1", cancellation));
        }

        /// <summary>Adds a database, which is created when the server is ready.</summary>
        public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
        {
            var server = builder.Resource;
            var database = new PostgresDatabaseResource(name, databaseName ?? name, server);
            builder.WithAnnotation(new ReadyCallbackAnnotation(cancellation => CreateAsync(database, cancellation)));
            return builder.ApplicationBuilder.AddResource(database)
                .WithHandshake(cancellation => RunAsync(server, database.DatabaseName, "SELECT 1", cancellation));
        }

        public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
            => builder.WithDataFolder(source);

        private static async Task CreateAsync(PostgresDatabaseResource database, CancellationToken cancellation)
        {
            try
            {
                await RunAsync(database.Parent, "postgres", $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName)}", cancellation);
            }
            catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                // By an earlier run, in a lasting folder, or at an earlier start.
            }
        }

        // Not pooled: a pool would keep one of the server's connections for ever.
        private static async Task RunAsync(PostgresServerResource server, string database, string sql, CancellationToken cancellation)
        {
            var text = await server.ConnectionStringExpression.TextAsync(cancellation);
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(text) { Database = database, Pooling = false });
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
