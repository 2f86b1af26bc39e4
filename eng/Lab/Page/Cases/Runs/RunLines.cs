namespace Shop.Lab.Page.Cases.Runs;

/// <summary>The last lines that a run printed.</summary>
internal sealed class RunLines
{
    public const int MaxLines = 500;
    public const int MaxLength = 1000;
    private readonly Queue<string> _lines = [];
    private readonly Lock _lock = new();

    /// <summary>The number of lines that were dropped because there were more.</summary>
    public int Dropped { get; private set; }

    /// <summary>Adds a line; a long one is cut.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Enqueue(line.Length > MaxLength ? $"{line[..MaxLength]}…" : line);
            if (_lines.Count <= MaxLines)
                return;
            _lines.Dequeue();
            Dropped++;
        }
    }

    /// <summary>The lines, the earliest first.</summary>
    public IReadOnlyList<string> Read()
    {
        lock (_lock)
            return [.. _lines];
    }
}
