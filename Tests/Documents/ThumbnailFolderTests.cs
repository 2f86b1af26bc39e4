using Microsoft.Extensions.Logging;
using Shop.Documents.Thumbnails;

namespace Shop.Tests.Documents;

/// <summary>The thumbnails on disk: found after a restart, never broken, never above their bound, and dispensable.</summary>
public sealed class ThumbnailFolderTests : IDisposable
{
    private const int MB = 1024 * 1024;
    private const long DiskBytes = 4 * MB;
    private const int Length = 40 * 1024;
    private static readonly UserNamespace _smallDisk = new(["--mount"], "mount -t tmpfs -o size=1m tmpfs /mnt");
    private readonly string _path = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task AThumbnailIsFoundAfterARestartAndByAnotherReplica()
    {
        using var other = Open();
        using (var folder = Open())
            await WriteAsync(folder, 1);
        using var restarted = Open();

        Assert.Equal(Png(1), await FindAsync(restarted, 1));
        Assert.Equal(Png(1), await FindAsync(other, 1));
        Assert.Null(await FindAsync(restarted, 2));
    }

    [Fact]
    public async Task ContentThatHasChangedIsNotFound()
    {
        using var folder = Open();
        await WriteAsync(folder, 1);

        Assert.Null(await folder.FindAsync(TestThumbnails.Key(1) with { Sha256 = TestThumbnails.Key(2).Sha256 }, Cancellation));
    }

    /// <summary>A damaged file is not served, and deleted, so that the thumbnail is written again.</summary>
    [Theory]
    [InlineData("empty")]
    [InlineData("shorter than a digest")]
    [InlineData("truncated")]
    [InlineData("one bit")]
    [InlineData("zeros")]
    [InlineData("more bytes")]
    [InlineData("far too long")]
    [InlineData("another document's")]
    public async Task ADamagedFileIsDeletedAndNotServed(string damage)
    {
        using var folder = Open();
        await WriteAsync(folder, 1);
        await WriteAsync(folder, 2);
        Assert.NotNull(await FindAsync(folder, 1));
        await DamageAsync(damage);

        Assert.Null(await FindAsync(folder, 1));
        Assert.False(File.Exists(FileOf(1)));
        await WriteAsync(folder, 1);
        Assert.Equal(Png(1), await FindAsync(folder, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TheFilesNeverTakeMoreThanTheBound(int replicas)
    {
        var folders = Enumerable.Range(0, replicas).Select(_ => Open()).ToList();
        var random = new Random(replicas);
        for (var number = 0; number < 400; number++)
        {
            var png = Png(number, random.Next(1, FixedThumbnails.MaxEntryBytes + 1));
            await folders[random.Next(replicas)].WriteAsync(TestThumbnails.Key(number), png, Cancellation);
            Assert.InRange(TestThumbnails.BytesIn(_path), 1, DiskBytes);
        }

        Assert.InRange(TestThumbnails.BytesIn(_path), DiskBytes / 2, DiskBytes);
        folders.ForEach(folder => folder.Dispose());
    }

    /// <summary>A lower bound than before, with files that a killed process left unfinished.</summary>
    [Fact]
    public async Task WhatAnEarlierProcessLeftIsCleanedUp()
    {
        using (var before = TestThumbnails.Folder(_path, 4 * DiskBytes))
        {
            for (var number = 0; number < 200; number++)
                await WriteAsync(before, number);
        }
        var unfinished = FileOf(1_000) + ".unfinished";
        await File.WriteAllBytesAsync(unfinished, new byte[MB], Cancellation);
        File.SetLastWriteTimeUtc(unfinished, DateTime.UnixEpoch);
        Assert.InRange(TestThumbnails.BytesIn(_path), 2 * DiskBytes, 4 * DiskBytes);
        using var folder = Open();
        await WriteAsync(folder, 200);

        Assert.InRange(TestThumbnails.BytesIn(_path), DiskBytes / 2, DiskBytes);
        Assert.False(File.Exists(unfinished));
        Assert.NotNull(await FindAsync(folder, 200));
    }

    [Fact]
    public async Task TheLongestUnusedThumbnailsAreDeletedFirst()
    {
        using var folder = Open();
        for (var number = 0; number < 400; number++)
        {
            await WriteAsync(folder, number);
            Assert.Equal(Png(0), await FindAsync(folder, 0));
        }

        Assert.Null(await FindAsync(folder, 1));
        Assert.NotNull(await FindAsync(folder, 399));
    }

    /// <summary>Two replicas replace and read a few thumbnails while a third deletes them.</summary>
    [Fact]
    public async Task ConcurrentReplicasServeWholeThumbnailsOnly()
    {
        using var one = Open();
        using var two = Open();
        var found = 0;
        await Parallel.ForAsync(0, 2_000, Cancellation, async (step, _) =>
        {
            var folder = step % 2 == 0 ? one : two;
            if (step % 3 == 0)
                await WriteAsync(folder, step % 5);
            else if (step % 100 == 1)
                folder.Clear();
            else if (await FindAsync(folder, step % 5) is { } png)
            {
                Assert.Equal(Png(step % 5), png);
                Interlocked.Increment(ref found);
            }
        });

        Assert.InRange(found, 1, 2_000);
        Assert.InRange(Directory.GetFiles(_path).Length, 0, 5);
    }

    [Fact]
    public async Task ACancelledWriteLeavesNothing()
    {
        using var folder = Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ThumbnailFile(_path, TestThumbnails.Key(1)).WriteAsync(Png(1), cancelled.Token));

        Assert.Empty(Directory.GetFiles(_path));
    }

    /// <summary>A file where the folder should be: no call works, and none throws. Its first failure is logged.</summary>
    [Fact]
    public async Task AFolderThatCannotBeUsedIsNoError()
    {
        using var log = new LogRecorder();
        using var loggers = new LoggerFactory([log]);
        var path = Path.Combine(_path, "occupied");
        await File.WriteAllTextAsync(path, "", Cancellation);
        using var folder = TestThumbnails.Folder(path, DiskBytes, loggers);
        await WriteAsync(folder, 1);
        await WriteAsync(folder, 2);

        Assert.Null(await FindAsync(folder, 1));
        folder.Clear();
        Assert.Single(log.Exceptions);
        File.Delete(path);
        await WriteAsync(folder, 1);
        Assert.NotNull(await FindAsync(folder, 1));
        Directory.Delete(path, recursive: true);
        await File.WriteAllTextAsync(path, "", Cancellation);
        await WriteAsync(folder, 1);
        Assert.Equal(2, log.Exceptions.Count);
    }

    [Fact]
    public async Task AFullDiskIsNoErrorAndIsUsedAgainWhenItHasSpace()
    {
        if (!TestProcess.IsHere)
        {
            await _smallDisk.RunAsync(GetType());
            return;
        }
        using var folder = TestThumbnails.Folder("/mnt/thumbnails", DiskBytes);
        for (var number = 0; number < 100; number++)
            await WriteAsync(folder, number);
        var files = Directory.GetFiles("/mnt/thumbnails");

        // No unfinished file takes the space of others.
        Assert.InRange(files.Length, 20, 26);
        Assert.NotNull(await FindAsync(folder, 0));
        Assert.Null(await FindAsync(folder, 99));
        File.Delete(files[0]);
        await WriteAsync(folder, 99);
        Assert.Equal(Png(99), await FindAsync(folder, 99));
    }

    [Fact]
    public async Task AFolderThatIsNotConfiguredIsDeletedAtTheEnd()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "shop-thumbnails-*");
        string made;
        using (var folder = TestThumbnails.Folder(null, DiskBytes))
        {
            Assert.Null(await FindAsync(folder, 1));
            await WriteAsync(folder, 1);
            Assert.NotNull(await FindAsync(folder, 1));
            made = Directory.GetDirectories(Path.GetTempPath(), "shop-thumbnails-*").Except(before)
                .Single(path => File.Exists(Path.Combine(path, TestThumbnails.Key(1).FileName)));
        }

        Assert.False(Directory.Exists(made));
    }

    private ThumbnailFolder Open() => TestThumbnails.Folder(_path, DiskBytes);

    private string FileOf(int number) => Path.Combine(_path, TestThumbnails.Key(number).FileName);

    private async Task DamageAsync(string damage)
    {
        var content = await File.ReadAllBytesAsync(FileOf(1), Cancellation);
        content = damage switch
        {
            "empty" => [],
            "shorter than a digest" => content[..31],
            "truncated" => content[..^1],
            "one bit" => [.. content[..^1], (byte)(content[^1] ^ 1)],
            "zeros" => new byte[content.Length],
            "more bytes" => [.. content, 0],
            "far too long" => new byte[MB],
            _ => await File.ReadAllBytesAsync(FileOf(2), Cancellation),
        };
        await File.WriteAllBytesAsync(FileOf(1), content, Cancellation);
    }

    private static byte[] Png(int number, int length = Length) => TestThumbnails.Png(number, length);

    private static Task WriteAsync(ThumbnailFolder folder, int number)
        => folder.WriteAsync(TestThumbnails.Key(number), Png(number), Cancellation);

    private static ValueTask<byte[]?> FindAsync(ThumbnailFolder folder, int number)
        => folder.FindAsync(TestThumbnails.Key(number), Cancellation);
}
