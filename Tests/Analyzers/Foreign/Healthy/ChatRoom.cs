using System.Collections.Concurrent;

namespace Foreign.Healthy;

public sealed class ChatRoom
{
    private static readonly ConcurrentDictionary<Guid, Func<string, Task>> Guests = new();

    public async Task StayAsync(Func<string, Task> say, Task leaving)
    {
        var id = Guid.NewGuid();
        Guests[id] = say;
        try
        {
            await leaving;
        }
        finally
        {
            Guests.TryRemove(id, out _);
        }
    }

    public Task SayAsync(string line) => Task.WhenAll(Guests.Values.Select(say => say(line)));
}
