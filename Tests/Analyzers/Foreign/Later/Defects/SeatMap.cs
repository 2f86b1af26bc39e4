using Microsoft.Extensions.Caching.Memory;

namespace Foreign.Later.Defects;

public sealed class SeatMap(IMemoryCache memory)
{
    public void Reserve(string show, string seat)
    {
        var taken = memory.Get<HashSet<string>>(show);
        taken?.Add(seat);
    }
}
