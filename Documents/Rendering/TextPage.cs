namespace Shop.Documents.Rendering;

/// <summary>
/// A page of text of fixed size: 80 lines of 127 characters and a line feed, 10,240 characters in all. Text that does not fit is truncated.
/// </summary>
internal sealed class TextPage
{
    public const int Columns = 127;
    public const int Rows = 80;
    private const int Stride = Columns + 1;
    private readonly char[] _characters = new char[Rows * Stride];
    private int _row;

    public TextPage()
    {
        _characters.AsSpan().Fill(' ');
        for (var row = 1; row <= Rows; row++)
            _characters[(row * Stride) - 1] = '\n';
    }

    /// <summary>The number of empty lines.</summary>
    public int RowsLeft => Rows - _row;

    /// <summary>Adds a line.</summary>
    public void Add(ReadOnlySpan<char> line = default)
    {
        if (_row == Rows)
            return;
        line = line[..Math.Min(line.Length, Columns)];
        var row = _characters.AsSpan(_row++ * Stride, line.Length);
        for (var column = 0; column < line.Length; column++)
            row[column] = char.IsControl(line[column]) ? ' ' : line[column];
    }

    public override string ToString() => new(_characters);
}
