using System.Globalization;
using System.Runtime.Versioning;
using Shop.Lab;
using Shop.Lab.Diagnosis;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>The diagnosed process goes on and nothing is left behind, whatever happens to the one that reads it.</summary>
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
[SupportedOSPlatform("linux")]
public sealed class DiagnosedTargetTests : IDisposable
{
    private const string InNamespace = "1";
    private const string Nobody = "65534";
    private const string TooLittle = "0x4000000";
    private static readonly UserNamespace _smallDisk = new(["--mount"], "mount -t tmpfs -o size=1m tmpfs /mnt && export TMPDIR=/mnt");
    private static readonly byte[]?[] _heap = new byte[200_000][];
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    /// <summary>While a process stands still it is traced: by the diagnosis, or where that may not, by the writer of its dump.</summary>
    [Fact]
    public async Task TheTargetGoesOnWhateverBecomesOfItsReader()
    {
        if (TestProcess.Argument is { } path)
            await LiveUntilKilledAsync(path);
        await using var target = await StartAsync();

        await using (var killed = LabProcess.Start(["diagnose", $"{target.Id}"]))
        {
            await WaitForTracerAsync(target.Id);
            await killed.SignalAsync("KILL");
            Assert.Equal((128 + 9, "", ""), await killed.EndAsync());
        }
        await AssertLivesAsync(target.Id);
        await using (var interrupted = LabProcess.Start(["diagnose", $"{target.Id}"]))
        {
            await WaitForTracerAsync(target.Id);
            await interrupted.InterruptAsync();
            Assert.Equal((CommandLine.Interrupted, "", "Interrupted.\n"), await interrupted.EndAsync());
        }
        await AssertLivesAsync(target.Id);
        await using (var small = LabProcess.Start(["diagnose", $"{target.Id}"], ("DOTNET_GCHeapHardLimit", TooLittle)))
            await AssertUnreadableAsync(small, "there is too little memory");
        await AssertLivesAsync(target.Id);
        await using (var whole = LabProcess.Start(["diagnose", $"{target.Id}", "--wait", "1"]))
        {
            var (exitCode, output, error) = await whole.EndAsync();
            Assert.Equal((CommandLine.Done, ""), (exitCode, error));
            Assert.EndsWith("\nNothing grows steadily.\n", output, StringComparison.Ordinal);
        }
        await using var bereft = LabProcess.Start(["diagnose", $"{target.Id}"]);
        // What the diagnosis has not copied it reads after the pause.
        await WaitForTracerAsync(target.Id);
        await WaitForTracerAsync(target.Id, isTraced: false);
        await target.SignalAsync("KILL");
        await AssertUnreadableAsync(bereft, $"rocess {target.Id} ");
    }

    /// <summary>A dump holds secrets, so it does not outlast its diagnosis, or if that is killed, not the next one.</summary>
    [Theory]
    [InlineData("INT", CommandLine.Interrupted, "Interrupted.\n")]
    [InlineData("KILL", 128 + 9, "")]
    public async Task ADumpIsDeleted(string signal, int exitCode, string error)
    {
        if (TestProcess.Argument is { } path)
            await LiveUntilKilledAsync(path);
        // A diagnosis takes a dump of what its own process has started: here the shell that it then replaces.
        var target = string.Join(' ', TestProcess.Command(GetType()).Select(word => $"'{word}'"));
        var script = $"dotnet {target} >/dev/null 2>&1 & echo $!; until [ -s {LifeFile} ]; do sleep 0.1; done; "
            + $"exec dotnet exec '{typeof(CommandLine).Assembly.Location}' diagnose $!";
        await using var ended = LabProcess.Start("sh", ["-c", script], TestProcess.Variable(LifeFile), ("TMPDIR", _folder));
        var targetId = int.Parse((await ended.ReadLineAsync())!, CultureInfo.InvariantCulture);
        try
        {
            var dump = await Eventually.ReadAsync(() => Task.FromResult(Dumps().FirstOrDefault()), dump => dump is not null, "a dump");
            Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(dump)!));
            await ended.SignalAsync(signal);
            Assert.Equal((exitCode, "", error), await ended.EndAsync());
            Assert.Equal(signal == "KILL", Folders().Length > 0);
            await AssertLivesAsync(targetId);

            await using var next = LabProcess.Start(["diagnose", "999999999"], ("TMPDIR", _folder));
            await AssertUnreadableAsync(next, "is not running");
            Assert.Empty(Folders());
        }
        finally
        {
            using var process = System.Diagnostics.Process.GetProcessById(targetId);
            process.Kill();
        }

        IEnumerable<string> Dumps() => Folders().SelectMany(folder => Directory.GetFiles(folder, "*.dmp"));
        string[] Folders() => Directory.GetDirectories(_folder, "shop-diagnose-*");
    }

    [Fact]
    public async Task AFullDiskIsSaid()
    {
        if (TestProcess.Argument is { } path and not InNamespace)
            await LiveUntilKilledAsync(path);
        if (!TestProcess.IsHere)
        {
            await _smallDisk.RunAsync(GetType());
            return;
        }
        await using var target = await StartAsync();

        var failure = await Assert.ThrowsAsync<LabException>(() => new ProcessSource(target.Id).TakeAsync(Cancellation));

        Assert.Equal(CommandLine.Unreadable, failure.ExitCode);
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        await AssertLivesAsync(target.Id);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "shop-diagnose-*"));
    }

    [Fact]
    public async Task RootReadsAnotherUsersProcessByADumpAndNobodyElseDoes()
    {
        if (TestProcess.Argument is { } path)
            await LiveUntilKilledAsync(path);
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts a process of another user.");
        string[] nobody = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        var (status, reason) = await TestProcess.RunProgramAsync("setpriv", [.. nobody, "dotnet", .. Lab("--help")]);
        Assert.SkipUnless(status == 0, $"Another user cannot run the Lab here: {reason.Trim()}");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        await using (var other = LabProcess.Start("setpriv", [.. nobody, "dotnet", .. Lab("diagnose", $"{Environment.ProcessId}")]))
            await AssertUnreadableAsync(other, "is another user's");
        await using var target = await StartAsync("setpriv", nobody);

        using var snapshot = await new ProcessSource(target.Id).TakeAsync(Cancellation);

        Assert.Null(snapshot!.Pause);
        Assert.True(snapshot.Memory.Bytes > _heap.Length);
        await AssertLivesAsync(target.Id);

        string[] Lab(params string[] arguments) => ["exec", typeof(CommandLine).Assembly.Location, .. arguments];
    }

    [Fact]
    public async Task AProcessThatIsNotDotNetIsSaid()
    {
        await using var target = LabProcess.Start("sleep", ["600"]);
        await using var lab = LabProcess.Start(["diagnose", $"{target.Id}"]);

        await AssertUnreadableAsync(lab, "has no diagnostics port: it is not .NET");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The process adds a byte to it as long as it lives and does not stand still.
    private string LifeFile => Path.Combine(_folder, "life");

    private async Task<LabProcess> StartAsync(string program = "env", params string[] arguments)
    {
        await File.WriteAllTextAsync(LifeFile, "", Cancellation);
        File.SetUnixFileMode(LifeFile, (UnixFileMode)0b110_110_110);
        var test = (string)TestContext.Current.TestMethod!.MethodName;
        var process = LabProcess.Start(
            program, [.. arguments, "dotnet", .. TestProcess.Command(GetType(), test)], TestProcess.Variable(LifeFile));
        await AssertLivesAsync(process.Id);
        return process;
    }

    private async Task AssertLivesAsync(int processId)
    {
        var before = Length();
        await Eventually.ReadAsync(() => Task.FromResult(Length()), length => length > before, "the process to go on");
        Assert.False(ProcessStatus.HasEnded(processId));

        long Length() => File.Exists(LifeFile) ? new FileInfo(LifeFile).Length : 0;
    }

    private static async Task WaitForTracerAsync(int processId, bool isTraced = true)
    {
        // Without a pause: it stands still for some hundredths of a second.
        while (File.ReadLines($"/proc/{processId}/status").Contains("TracerPid:\t0") == isTraced)
            Cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    private static async Task AssertUnreadableAsync(LabProcess lab, string error)
    {
        var (exitCode, _, errors) = await lab.EndAsync();
        Assert.True(exitCode == CommandLine.Unreadable, $"{exitCode}: {errors}");
        Assert.Contains(error, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task LiveUntilKilledAsync(string life)
    {
        for (var item = 0; item < _heap.Length; item++)
            _heap[item] = new byte[1_000];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(Cancellation))
            await File.AppendAllTextAsync(life, ".", Cancellation);
    }
}
