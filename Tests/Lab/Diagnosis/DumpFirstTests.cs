using System.Globalization;
using System.Runtime.Versioning;
using Shop.Lab;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>The diagnosis of a process that may be killed before it can be told what grows in it.</summary>
[Part(Part.Proofs)]
[SupportedOSPlatform("linux")]
public sealed class DumpFirstTests : IDisposable
{
    private static readonly byte[]?[] _heap = new byte[50_000][];
    // The diagnostics port of a process is in its temporary folder.
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AProcessThatEndsIsToldByItsDumpWhichIsDeletedOrKept(bool isKept)
    {
        if (TestProcess.Argument is { } started)
            await LiveUntilKilledAsync(started);
        var file = Path.Combine(_folder, "started");
        await using var target = LabProcess.Start(
            "dotnet", TestProcess.Command(GetType()), TestProcess.Variable(file), ("TMPDIR", _folder));
        await Eventually.ReadAsync(() => Task.FromResult(File.Exists(file)), exists => exists, "the process to start");
        var id = target.Id.ToString(CultureInfo.InvariantCulture);
        var kept = Path.Combine(_folder, "kept");
        string[] arguments = ["diagnose", id, .. isKept ? ["--keep-dump", kept] : (string[])["--dump-first"]];
        await using var lab = LabProcess.Start(arguments, ("TMPDIR", _folder));

        if (isKept)
            Assert.StartsWith("The dump is kept: ", await lab.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains(" reachable", await lab.ReadLineAsync(), StringComparison.Ordinal);
        var folder = Assert.Single(Directory.GetDirectories(_folder, "shop-diagnose-*"));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder));
        await target.SignalAsync("KILL");
        var (exitCode, output, error) = await lab.EndAsync();

        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.Contains($"Process {id} is not running. Its dump:", output, StringComparison.Ordinal);
        Assert.Contains($"{nameof(DumpFirstTests)}.{nameof(_heap)}", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(isKept, Directory.Exists(kept) && Directory.GetFiles(kept, $"heap-{id}-*.dmp").Length == 1);
    }

    private static async Task LiveUntilKilledAsync(string started)
    {
        for (var item = 0; item < _heap.Length; item++)
            _heap[item] = new byte[1_000];
        await File.WriteAllTextAsync(started, "", TestContext.Current.CancellationToken);
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }
}
