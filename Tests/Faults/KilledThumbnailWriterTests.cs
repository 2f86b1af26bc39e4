using Shop.Documents.Thumbnails;
using Shop.Tests.Documents;
using Shop.Tests.Lab;

namespace Shop.Tests.Faults;

/// <summary>A process that writes thumbnails is killed by SIGKILL, again and again.</summary>
[Part(Part.Faults)]
public sealed class KilledThumbnailWriterTests : IDisposable
{
    private const int Kills = 8;
    private const int Writers = 3;
    private const int Numbers = 60;
    private const int Length = FixedThumbnails.MaxEntryBytes;
    private const long DiskBytes = 64 * 1024 * 1024;
    // The killed processes write to the folder of the one that kills them.
    private readonly string _path = TestProcess.Argument ?? Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (!TestProcess.IsHere)
            Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public async Task NoKillLeavesABrokenFile()
    {
        if (TestProcess.IsHere)
        {
            await WriteUntilKilledAsync();
            return;
        }
        var (found, unfinished) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAWriterAsync();
            found += await FindAllAsync();
            unfinished += DeleteUnfinished();
        }

        Assert.InRange(found, Kills, Kills * Numbers);
        Assert.SkipUnless(unfinished > 0, "No kill came in the middle of a write.");
    }

    private async Task KillAWriterAsync()
    {
        var before = Written();
        await using var writer = LabProcess.Start(
            "dotnet", TestProcess.Command(GetType(), nameof(NoKillLeavesABrokenFile)), TestProcess.Variable(_path));
        await Eventually.ReadAsync(() => Task.FromResult(Written()), written => written > before, "the process to write");
        // Disposing it kills it.
    }

    // When the newest file was written: after a kill, the next writer replaces the same files.
    private DateTime Written()
        => new DirectoryInfo(_path).EnumerateFiles().Select(file => file.LastWriteTimeUtc).DefaultIfEmpty().Max();

    /// <summary>Each file with the name of a thumbnail must be one, or it has appeared before it was complete.</summary>
    private async Task<int> FindAllAsync()
    {
        using var folder = TestThumbnails.Folder(_path, DiskBytes);
        var found = 0;
        foreach (var number in Enumerable.Range(0, Numbers).Where(number => File.Exists(FileOf(number))))
        {
            Assert.Equal(TestThumbnails.Png(number, Length), await folder.FindAsync(TestThumbnails.Key(number), Cancellation));
            found++;
        }
        return found;
    }

    private int DeleteUnfinished()
    {
        var unfinished = Directory.GetFiles(_path).Except(Enumerable.Range(0, Numbers).Select(FileOf)).ToList();
        unfinished.ForEach(File.Delete);
        return unfinished.Count;
    }

    private string FileOf(int number) => Path.Combine(_path, TestThumbnails.Key(number).FileName);

    // Each of the writers is as another replica: they write the same files at the same time. They end if the test was killed itself.
    private async Task WriteUntilKilledAsync()
    {
        using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        orphaned.CancelAfter(Eventually.Timeout);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async seed =>
        {
            using var folder = TestThumbnails.Folder(_path, DiskBytes);
            var random = new Random(seed);
            while (true)
            {
                var number = random.Next(Numbers);
                await folder.WriteAsync(TestThumbnails.Key(number), TestThumbnails.Png(number, Length), orphaned.Token);
            }
        }));
    }
}
