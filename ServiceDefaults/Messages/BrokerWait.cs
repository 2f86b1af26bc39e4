using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Has MassTransit connect only when the broker takes connections. A failed attempt of its own is repeated after 6 s, the
/// next ones after up to 30 s, and what it has come to is kept for the next outage too, for as long as the process lives;
/// none of this can be configured (ReceiveTransport and RabbitMqHostConfiguration of 8.4). An attempt that waits does not fail.
/// </summary>
internal sealed partial class BrokerWait(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BrokerWait> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for a whole handshake, login included: a proxy before the broker may take connections that lead nowhere.</summary>
    /// <exception cref="OperationCanceledException">The service stops: MassTransit gives up then, where it would repeat any other failure.</exception>
    public async Task WaitAsync(ConnectionFactory factory)
    {
        var stopping = lifetime.ApplicationStopping;
        for (var failures = 0; ; failures++)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(stopping);
                return;
            }
            catch (BrokerUnreachableException exception)
            {
                if (failures == 0)
                    LogAway(logger, exception.GetBaseException().Message);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The bus takes no connection, waiting for it: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
