using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.SessionStore;
using StackExchange.Redis;

namespace Shop.Sessions.OrderStatus;

/// <summary>Closes the sockets whose session expired or was ended at another instance: who holds an ended session learns nothing more.</summary>
internal sealed partial class SocketSessions(
    OrderSockets sockets, CaseSwitch<ISessionStore> sessions, IOptions<SessionsOptions> options, TimeProvider time, ILogger<SocketSessions> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SocketSessionCheckInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var id in sockets.Sessions())
                {
                    if (!await sessions.Current.ExistsAsync(id, stoppingToken))
                        sockets.CloseSession(id);
                }
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // The sockets stay open: making them all reconnect would not help while the store is away.
                LogSkipped(logger, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sessions of the open sockets could not be checked; the next check comes")]
    private static partial void LogSkipped(ILogger logger, Exception exception);
}
