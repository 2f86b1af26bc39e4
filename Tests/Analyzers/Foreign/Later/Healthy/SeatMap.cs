using Microsoft.Extensions.Caching.Memory;

namespace Foreign.Later.Healthy;

public sealed class SeatMap(IMemoryCache memory)
{
    private readonly SemaphoreSlim one = new(1);

    public async Task Reserve(string show, string seat)
    {
        await one.WaitAsync();
        try
        {
            memory.Get<HashSet<string>>(show)?.Add(seat);
        }
        finally
        {
            one.Release();
        }
    }
}
