namespace Foreign.Healthy;

public sealed class TokenLedger : BackgroundService
{
    private readonly Dictionary<string, DateTimeOffset> used = [];

    public bool TryUse(string token)
    {
        lock (used)
            return used.TryAdd(token, DateTimeOffset.UtcNow);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(stop))
            Forget(DateTimeOffset.UtcNow.AddMinutes(-10));
    }

    private void Forget(DateTimeOffset before)
    {
        lock (used)
        {
            foreach (var token in used.Where(entry => entry.Value < before).Select(entry => entry.Key).ToList())
                used.Remove(token);
        }
    }
}
