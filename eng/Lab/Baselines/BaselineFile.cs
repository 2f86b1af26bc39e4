using System.Text.Json;

namespace Shop.Lab.Baselines;

/// <summary>The records as JSON lines, the earliest first.</summary>
internal sealed class BaselineFile(string path)
{
    /// <summary>Where they are kept unless the command says otherwise.</summary>
    public static string DefaultPath { get; }
        = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "shop-lab", "baseline.jsonl");

    /// <summary>Reads the records; none if there is no file.</summary>
    /// <exception cref="LabException">It cannot be read, or a line is no record.</exception>
    public IReadOnlyList<BaselineRecord> Read() => Access(() => File.Exists(path) ? ReadLines() : []);

    /// <summary>Adds a record.</summary>
    /// <exception cref="LabException">The file cannot be written.</exception>
    public void Append(BaselineRecord record) => Access(() =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, $"{JsonSerializer.Serialize(record, BaselineJson.Default.BaselineRecord)}\n");
        return true;
    });

    private List<BaselineRecord> ReadLines()
    {
        var records = new List<BaselineRecord>();
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                var record = JsonSerializer.Deserialize(line, BaselineJson.Default.BaselineRecord) ?? throw new JsonException();
                if (record.LiveBytes.Values.Any(rounds => rounds.Count < BaselineRecord.Rounds))
                    throw new JsonException();
                records.Add(record);
            }
            catch (JsonException)
            {
                throw new LabException($"{path}: line {records.Count + 1} is no record of a baseline.");
            }
        }
        return records;
    }

    private T Access<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{path}: {exception.Message}");
        }
    }
}
