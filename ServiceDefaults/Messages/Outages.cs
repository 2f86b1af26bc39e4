using System.Data.Common;
using StackExchange.Redis;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Distinguishes the outage of a dependency, which is temporary, from a message that cannot be handled.</summary>
internal static class Outages
{
    public static bool IsOutage(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is UnavailableException or DbException { IsTransient: true } or RedisException or RedisTimeoutException)
                return true;
        }
        return false;
    }
}
