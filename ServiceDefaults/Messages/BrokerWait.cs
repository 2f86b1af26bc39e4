using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Delays MassTransit's connection attempts until the broker accepts connections. MassTransit (8.5.12) retries a failed attempt after
/// about 6 s, then after up to 30 s, and never resets that delay, not even in the next outage. Its retry policy cannot be configured,
/// but an attempt that waits here does not fail.
/// https://github.com/MassTransit/MassTransit/blob/v8.5.8/src/Transports/MassTransit.RabbitMqTransport/RabbitMqTransport/Configuration/RabbitMqHostConfiguration.cs
/// Remove it when that ReceiveTransportRetryPolicy can be set and is reset by a connection.
/// </summary>
internal sealed partial class BrokerWait(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BrokerWait> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for a complete handshake with login: a proxy may accept connections while the broker is unavailable.</summary>
    /// <exception cref="OperationCanceledException">The service is stopping; MassTransit retries after any other exception.</exception>
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
                    LogWaiting(logger, exception.GetBaseException().Message);
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The message broker does not accept connections; waiting for it: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
