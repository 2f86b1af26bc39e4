namespace Foreign.Leaks;

public class Importer
{
    public event Action<int>? Progress;

    public async Task RunAsync(Stream source)
    {
        var buffer = new byte[4096];
        while (await source.ReadAsync(buffer) is > 0 and var count)
            Progress?.Invoke(count);
    }
}

public class ProgressDialog(Importer importer)
{
    private int total;

    public async Task ImportAsync(Stream file)
    {
        importer.Progress += OnProgress;
        await importer.RunAsync(file);
        importer.Progress -= OnProgress;
    }

    private void OnProgress(int count) => total += count;
}
