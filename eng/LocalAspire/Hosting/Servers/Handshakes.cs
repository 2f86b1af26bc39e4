using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using RabbitMQ.Client;

namespace LocalAspire.Servers;

/// <summary>Healthy when the server does what a client needs first: it takes the password and answers. A failure is the health check's failure.</summary>
internal abstract class Handshake : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await GreetAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }

    protected abstract Task GreetAsync(CancellationToken cancellationToken);
}

/// <summary>Opens a connection, asks once, closes it: a pool would keep one of the server's connections for ever.</summary>
internal sealed class PostgresHandshake(PostgresServerResource server, string database) : Handshake
{
    public static async Task<NpgsqlConnection> OpenAsync(PostgresServerResource server, string database, CancellationToken cancellationToken)
    {
        var text = await server.ConnectionStringExpression.TextAsync(cancellationToken);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(text) { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    protected override async Task GreetAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server, database, cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }
}

/// <summary>AUTH and PING in Redis' own protocol: a client library would keep connections and threads.</summary>
internal sealed class RedisHandshake(RedisResource server) : Handshake
{
    protected override async Task GreetAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        var address = new Uri(server.PrimaryEndpoint.Url);
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream);
        if (server.PasswordParameter is not null)
            await SendAsync(stream, answers, "+OK", ["AUTH", await server.PasswordParameter.TextAsync(cancellationToken)], cancellationToken);
        await SendAsync(stream, answers, "+PONG", ["PING"], cancellationToken);
    }

    private static async Task SendAsync(NetworkStream stream, StreamReader answers, string expected, string[] words, CancellationToken cancellationToken)
    {
        var request = $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        var answer = await answers.ReadLineAsync(cancellationToken);
        if (answer != expected)
            throw new IOException($"Redis answered {words[0]} with '{answer}'.");
    }
}

/// <summary>Keeps one connection, whose heartbeats are the check; makes a new one when it is lost. It ends with the broker at the latest.</summary>
internal sealed class RabbitMQHandshake(RabbitMQServerResource server) : Handshake
{
    private IConnection? _connection;

    protected override async Task GreetAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true })
            return;
        if (Interlocked.Exchange(ref _connection, null) is { } lost)
            await lost.DisposeAsync();
        var address = await server.ConnectionStringExpression.TextAsync(cancellationToken);
        var factory = new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5), ClientProvidedName = "health check" };
        _connection = await factory.CreateConnectionAsync(cancellationToken);
    }
}
