namespace Foreign.Later.Defects;

public sealed class TrackPlayer(string[] album)
{
    private ReadOnlyMemory<string> upcoming = album;

    public string Next()
    {
        var title = upcoming.Span[0];
        this.upcoming = this.upcoming.Slice(1);
        return title;
    }
}
