using System.Collections.Concurrent;

namespace Foreign.Leaks;

public interface IViewer
{
    void Show(string line);
}

public sealed class LiveSubtitles
{
    private readonly ConcurrentDictionary<Guid, IViewer> viewers = new();

    public Guid Watch(IViewer viewer)
    {
        var id = Guid.NewGuid();
        viewers.TryAdd(id, viewer);
        return id;
    }

    public void Show(string line)
    {
        foreach (var viewer in viewers.Values)
            viewer.Show(line);
    }
}

public static class SubtitleModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton(new LiveSubtitles());
}
