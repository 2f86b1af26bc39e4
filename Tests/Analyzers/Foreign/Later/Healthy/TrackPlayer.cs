namespace Foreign.Later.Healthy;

public sealed class TrackPlayer(string[] album)
{
    private readonly Queue<string> upcoming = new(album);

    public string Next() => upcoming.Dequeue();

    public static int CountFrom(ReadOnlyMemory<string> titles, int start)
    {
        titles = titles[start..];
        return titles.Length;
    }
}
