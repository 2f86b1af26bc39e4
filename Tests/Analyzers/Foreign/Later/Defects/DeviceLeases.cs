using System.Collections.Concurrent;

namespace Foreign.Later.Defects;

public sealed class DeviceLeases
{
    private readonly ConcurrentDictionary<string, Lease> leases = new();

    public void Expire(string device, DateTime now)
    {
        if (this.leases.TryGetValue(device, out var lease) && !(lease.Until >= now))
        {
            Console.WriteLine(device);
            leases.TryRemove(device, out _);
        }
    }

    public sealed class Lease
    {
        public DateTime Until { get; set; }
    }
}
