using Shop.Lab;
using Shop.Lab.Baselines;

namespace Shop.Tests.Lab;

/// <summary>The weekly baseline: what it compares, and what it calls growth.</summary>
public sealed class BaselineTests : IDisposable
{
    private const double Megabyte = 1024 * 1024;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-baseline-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(40, 40, CommandLine.Done)]
    // 5 % is within the tolerance, whose interval must be left with all rounds.
    [InlineData(40, 41.9, CommandLine.Done)]
    [InlineData(40, 44, CommandLine.Failed)]
    [InlineData(40, 30, CommandLine.Done)]
    // 1 MB at least.
    [InlineData(4, 4.9, CommandLine.Done)]
    [InlineData(4, 5.5, CommandLine.Failed)]
    public void GrowthBeyondTheToleranceFails(double before, double after, int exitCode)
        => Assert.Equal(exitCode, BaselineCommand.Judge(Record(Now, after), [Record(Now.AddDays(-7), before)]));

    [Fact]
    public void RoundsThatDifferByMoreThanTheGrowthDoNotTellIt()
    {
        var then = Record(Now.AddDays(-7), 40);
        var now = then with
        {
            Time = Now,
            LiveBytes = new Dictionary<string, IReadOnlyList<long>> { ["orders"] = [.. Rounds(40).Take(3), .. Rounds(60).Take(3)] },
        };

        Assert.Equal(CommandLine.Done, BaselineCommand.Judge(now, [then]));
    }

    /// <summary>Half a percent a week is below the tolerance each time; a leak of that size is told after four weeks.</summary>
    [Fact]
    public void ASlowLeakIsToldByTheRecordOfFourWeeksAgo()
    {
        BaselineRecord[] records = [Record(Now.AddDays(-35), 39.5), Record(Now.AddDays(-28), 40), Record(Now.AddDays(-7), 43)];
        var now = Record(Now, 44);

        Assert.Equal(CommandLine.Done, BaselineCommand.Judge(now, records[2..]));
        Assert.Equal(CommandLine.Failed, BaselineCommand.Judge(now, records));
        Assert.Equal([Now.AddDays(-7), Now.AddDays(-28)], BaselineChange.Find(now, records).Select(change => change.Since));
    }

    [Fact]
    public void OnlyRecordsOfTheSameLoadAreCompared()
    {
        var other = Record(Now.AddDays(-7), 10);

        Assert.Empty(BaselineChange.Find(Record(Now, 40), [other with { Rate = 6 }, other with { RoundSeconds = 16 }]));
        Assert.Single(BaselineChange.Find(Record(Now, 40), [other]));
    }

    [Fact]
    public void RecordsAreKeptInTheOrderTheyWereAdded()
    {
        var file = new BaselineFile(Path.Combine(_folder.FullName, "new", "baseline.jsonl"));
        Assert.Empty(file.Read());
        file.Append(Record(Now.AddDays(-7), 40));
        file.Append(Record(Now, 41));

        var records = file.Read();
        Assert.Equal([Now.AddDays(-7), Now], records.Select(record => record.Time));
        Assert.Equal(41 * Megabyte, records[1].Of("orders").Estimate, tolerance: Megabyte / 10);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"time":"2026-01-01T00:00:00Z","rate":5,"roundSeconds":15,"liveBytes":{"orders":[1,2]}}""")]
    public async Task AFileThatIsNoneIsToldInOneLineBeforeTheLoad(string line)
    {
        var path = Path.Combine(_folder.FullName, "baseline.jsonl");
        new BaselineFile(path).Append(Record(Now, 40));
        await File.AppendAllTextAsync(path, line, TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await LabProcess.RunAsync("baseline", "--key", "any", "--file", path);

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Equal($"{path}: line 2 is no record of a baseline.\n", error);
    }

    [Theory]
    [InlineData(CommandLine.BadArguments, "--rate", "0")]
    [InlineData(CommandLine.BadArguments, "--round", "0s")]
    // Nothing listens there.
    [InlineData(CommandLine.Failed, "--orders", "http://localhost:9")]
    public async Task AMistakeIsToldInOneLineAndRecordsNothing(int expected, params string[] arguments)
    {
        var path = Path.Combine(_folder.FullName, "baseline.jsonl");
        var (exitCode, _, error) = await LabProcess.RunAsync(["baseline", "--key", "any", "--file", path, .. arguments]);

        Assert.Equal(expected, exitCode);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(path));
    }

    private static BaselineRecord Record(DateTimeOffset time, double megabytes)
        => new(time, 5, 15, new Dictionary<string, IReadOnlyList<long>> { ["orders"] = Rounds(megabytes) });

    // A tenth of a percent to either side.
    private static long[] Rounds(double megabytes)
        => [.. Enumerable.Range(0, BaselineRecord.Rounds).Select(round => (long)(megabytes * Megabyte * (1 + ((round - 2.5) / 2_500))))];
}
