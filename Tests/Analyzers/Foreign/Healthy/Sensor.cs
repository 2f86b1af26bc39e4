namespace Foreign.Healthy;

public sealed class Bus
{
    public event EventHandler? Beat;

    public void Tick() => Beat?.Invoke(this, EventArgs.Empty);
}

public sealed class Sensor : IDisposable
{
    private readonly Bus bus;
    private int beats;

    public Sensor(Bus bus)
    {
        this.bus = bus;
        bus.Beat += OnBeat;
    }

    public void Dispose() => bus.Beat -= OnBeat;

    private void OnBeat(object? sender, EventArgs e) => beats++;
}

public static class SensorModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton<Bus>();
}
