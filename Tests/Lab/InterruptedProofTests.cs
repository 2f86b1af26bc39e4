using Shop.Lab;
using Shop.Lab.Proof;

namespace Shop.Tests.Lab;

/// <summary>Ctrl+C during a proof. What it has measured does not matter, so it runs beside other tests.</summary>
[Part(Part.Proofs)]
public sealed class InterruptedProofTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnInterruptedProofPrintsOneLineAndLeavesNothingBehind()
    {
        await using var lab = LabProcess.Start(["prove", "DocumentEvents"], ("TMPDIR", _folder));
        foreach (var step in new[] { ProveCommand.Building, "Running the tests", "Starting Postgres" })
        {
            Assert.Matches($"^{step}.* …$", await ReadAsync(lab));
            Assert.Matches($"^{step}.*: done.$", await ReadAsync(lab));
        }
        Assert.StartsWith("DocumentEvents: measuring", await ReadAsync(lab), StringComparison.Ordinal);
        Assert.Matches("^DocumentEvents, [0-9]+ s: Leaky .+; Published .+; Fixed .+$", await ReadAsync(lab));
        await lab.InterruptAsync();
        var (exitCode, _, error) = await lab.EndAsync();

        Assert.Equal((CommandLine.Interrupted, "Interrupted.\n"), (exitCode, error));
        Assert.Empty(Directory.GetDirectories(_folder, "aspire-servers-*"));
        // The orchestrator exits shortly after its last process.
        await Eventually.ReadAsync(
            () => Task.FromResult(string.Join(' ', ProcessesOfThisTest())), left => left == "", "the proof's processes to exit");
    }

    // A proof that fails prints why.
    private static async Task<string> ReadAsync(LabProcess lab) => await lab.ReadLineAsync() ?? (await lab.EndAsync()).Error;

    // The processes of this test have the folder in their environment.
    private IEnumerable<string> ProcessesOfThisTest()
    {
        foreach (var process in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            var isOwn = false;
            try
            {
                isOwn = File.ReadAllText(Path.Combine(process, "environ")).Contains($"TMPDIR={_folder}\0", StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has exited or belongs to another user.
            }
            if (isOwn)
                yield return process;
        }
    }
}
