using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>A snapshot is of one moment, also where it is read later.</summary>
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
[SupportedOSPlatform("linux")]
public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    /// <summary>The runtime's tables change while the process goes on: read half before and half after, they lead nowhere.</summary>
    [Fact]
    public async Task WhatIsReadAfterThePauseIsAsItWasInThePause()
    {
        if (TestProcess.Argument is { } argument)
        {
            if (argument.Split(' ') is not [var processId, var counter])
                await CountUntilKilledAsync(argument);
            else
                await AssertStandsAsync(int.Parse(processId, null), ulong.Parse(counter, null));
            return;
        }
        await using var target = await LabProcess.StartTestAsync(GetType(), CounterFile);
        var address = await Eventually.ReadAsync(
            () => File.ReadAllTextAsync(CounterFile, Cancellation), text => text.EndsWith('\n'), "the counter's address");

        // By another process: none attaches to one that it has started.
        await using var reader = LabProcess.Start(
            "dotnet", TestProcess.Command(GetType()), TestProcess.Variable($"{target.Id} {address.Trim()}"));
        var (exitCode, output, error) = await reader.EndAsync();
        TestProcess.AssertPassed((exitCode, output + error));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The process writes the counter's address to it.
    private string CounterFile => Path.Combine(_folder, "counter");

    // Beside the managed heap, as the runtime's own tables are.
    private static async Task CountUntilKilledAsync(string file)
    {
        var counter = Marshal.AllocHGlobal(sizeof(long));
        await File.WriteAllTextAsync(file, $"{counter}\n", Cancellation);
        for (var count = 1L; !Cancellation.IsCancellationRequested; count++)
            Marshal.WriteInt64(counter, count);
    }

    private static async Task AssertStandsAsync(int processId, ulong counter)
    {
        using var running = DataTarget.AttachToProcess(processId, suspend: false);
        HeapSnapshot? snapshot;
        while ((snapshot = HeapSnapshot.Attach(processId, new())) is null)
            Cancellation.ThrowIfCancellationRequested();
        using (snapshot)
        {
            var paused = snapshot.Runtime.DataTarget.DataReader;
            var count = running.DataReader.Read<long>(counter);
            await Eventually.ReadAsync(
                () => Task.FromResult(running.DataReader.Read<long>(counter)), now => now > count, "the process to go on");
            Assert.InRange(paused.Read<long>(counter), 1, count);
            Assert.Equal(paused.Read<long>(counter), paused.Read<long>(counter));
        }
    }
}
