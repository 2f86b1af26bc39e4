using System.Collections.Concurrent;

namespace Foreign.Later.Healthy;

public sealed class DeviceLeases
{
    private readonly ConcurrentDictionary<string, Lease> leases = new();

    public void Expire(string device, DateTime now)
    {
        if (leases.TryGetValue(device, out var lease) && lease.Until < now)
            leases.TryRemove(KeyValuePair.Create(device, lease));
    }

    public sealed record Lease(DateTime Until);
}
