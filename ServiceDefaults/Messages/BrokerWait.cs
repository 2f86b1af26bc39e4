using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Lets MassTransit connect only when the broker accepts connections. MassTransit (8.5.12) repeats a failed attempt after about
/// 6 s, then after up to 30 s, and never starts again with the short pause, not even in the next outage. Its retry policy cannot
/// be configured; an attempt that waits here does not fail.
/// https://github.com/MassTransit/MassTransit/blob/v8.5.8/src/Transports/MassTransit.RabbitMqTransport/RabbitMqTransport/Configuration/RabbitMqHostConfiguration.cs
/// Remove it when that ReceiveTransportRetryPolicy can be set and is reset by a connection.
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
