using System.Collections.Concurrent;

namespace Foreign.Leaks;

public sealed class DeviceRegistry
{
    public static DeviceRegistry Instance { get; } = new DeviceRegistry();

    private readonly ConcurrentDictionary<string, DeviceState> devices = new();

    public DeviceState Get(string serial) => devices.GetOrAdd(serial, static s => new DeviceState(s));

    public sealed record DeviceState(string Serial);
}
