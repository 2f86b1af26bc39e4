using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.SessionStore;
using StackExchange.Redis;

namespace Shop.Sessions.Sockets;

/// <summary>Closes the sockets whose session has expired or was deleted at another instance: they receive no more statuses.</summary>
internal sealed partial class SocketSessionCheck(
    OrderSockets sockets, CaseSwitch<ISessionStore> sessions, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<SocketSessionCheck> logger) : BackgroundService
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
                // The sockets stay open: reconnecting would not help while the store is unavailable.
                LogSkipped(logger, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sessions of the open sockets could not be checked; they will be checked again")]
    private static partial void LogSkipped(ILogger logger, Exception exception);
}
