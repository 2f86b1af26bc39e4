using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>The dumps that are kept: how many, how large, and who can read them.</summary>
public sealed class KeptDumpsTests : IDisposable
{
    private const int MaxBytes = 1_000;
    private const int ProcessId = 4711;
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-dumps-");
    private readonly string _kept;

    public KeptDumpsTests() => _kept = Path.Combine(_folder.FullName, "kept");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TheLastAreKeptAndTheOldestIsDeletedFirst()
    {
        for (var dump = 0; dump < KeptDumps.MaxDumps + 2; dump++)
            Assert.Null(Keep(bytes: 100).Problem);
        Assert.Equal(["heap-4711-20260101-120200.dmp", "heap-4711-20260101-120300.dmp", "heap-4711-20260101-120400.dmp"], Kept());
    }

    [Fact]
    public void AllTogetherTakeNoMoreThanIsAllowed()
    {
        Keep(bytes: 300);
        Keep(bytes: 300);
        Keep(bytes: 500);
        Assert.Equal(["heap-4711-20260101-120100.dmp", "heap-4711-20260101-120200.dmp"], Kept());
        Keep(bytes: MaxBytes);
        Assert.Equal(["heap-4711-20260101-120300.dmp"], Kept());
    }

    [Fact]
    public void ALargerDumpIsNotKeptWhichIsSaidAndNoneIsDeletedForIt()
    {
        Keep(bytes: 300);
        var (path, problem) = Keep(bytes: MaxBytes + 1, out var dump);

        Assert.Null(path);
        Assert.EndsWith(" are allowed.", problem, StringComparison.Ordinal);
        Assert.True(File.Exists(dump));
        Assert.Single(Kept());
    }

    [Fact]
    public void WithoutRoomOnTheDiskNoneIsKeptAndNoneIsDeleted()
    {
        for (var dump = 0; dump < KeptDumps.MaxDumps; dump++)
            Keep(bytes: 100);
        // What is deleted for it makes room.
        Assert.EndsWith(" MB.", Keep(bytes: 300, room: 199).Problem, StringComparison.Ordinal);
        Assert.Equal(KeptDumps.MaxDumps, Kept().Length);
        Assert.Null(Keep(bytes: 300, room: 200).Problem);
        Assert.Equal(KeptDumps.MaxDumps, Kept().Length);
    }

    [Fact]
    public void WhatWasNotMovedToTheEndIsRemovedAndNothingElse()
    {
        Keep(bytes: 100);
        var (partial, other) = (Path.Combine(_kept, "heap-1-20260101-110000.dmp.part"), Path.Combine(_kept, "mine.dmp"));
        File.WriteAllBytes(partial, new byte[100]);
        File.WriteAllBytes(other, new byte[MaxBytes]);
        for (var dump = 0; dump < KeptDumps.MaxDumps; dump++)
            Keep(bytes: 100);

        Assert.False(File.Exists(partial));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void NoDumpIsReplacedAndNoPartOfOneIsLeft()
    {
        var first = Keep(bytes: 100, out _, advance: false).Path!;
        var (path, problem) = Keep(bytes: 200, out _, advance: false);

        Assert.Null(path);
        Assert.NotNull(problem);
        Assert.Equal(100, new FileInfo(first).Length);
        Assert.Single(Directory.GetFiles(_kept));
    }

    [Fact]
    public void NobodyElseReadsThem()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }
        var (path, _) = Keep(bytes: 100);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_kept));

        File.SetUnixFileMode(_kept, File.GetUnixFileMode(_kept) | UnixFileMode.GroupRead);
        Assert.StartsWith("others can enter", Keep(bytes: 100).Problem, StringComparison.Ordinal);
        Assert.Single(Kept());
    }

    private string[] Kept() => [.. new DirectoryInfo(_kept).GetFiles("*.dmp").Select(file => file.Name).Order()];

    private (string? Path, string? Problem) Keep(int bytes, long room = long.MaxValue / 2) => Keep(bytes, out _, room);

    private (string? Path, string? Problem) Keep(int bytes, out string dump, long room = long.MaxValue / 2, bool advance = true)
    {
        dump = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(dump, new byte[bytes]);
        File.SetLastWriteTimeUtc(dump, _time.GetUtcNow().UtcDateTime);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dump, File.GetUnixFileMode(dump) | UnixFileMode.OtherRead);
        var result = new KeptDumps(_kept, MaxBytes, _time, _ => room).Keep(dump, ProcessId);
        if (advance)
            _time.Advance(TimeSpan.FromMinutes(1));
        return result;
    }
}
