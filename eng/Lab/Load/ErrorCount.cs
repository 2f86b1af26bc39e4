namespace Shop.Lab.Load;

/// <summary>How often one kind of error was seen.</summary>
internal sealed record ErrorCount(string Route, string Kind, long Count)
{
    public string Name => $"{Route}: {Kind}";
}
