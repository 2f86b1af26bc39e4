using System.Security.Cryptography;
using System.Text;
using Shop.Lab;
using Shop.Lab.Diagnosis;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Tests.Lab.Diagnosis;

[Part(Part.Proofs)]
public sealed class DuplicateStringsTests : IDisposable
{
    private const int Copies = 500;
    // The pointer to the type, the length and the terminator, then 200 characters; aligned.
    private const int BytesOfCopy = 424;
    private const string Trace = "static DuplicateStringsTests.Texts._copies → String";
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    [Fact]
    public async Task ContentsAreShownOnlyWhenAskedFor()
    {
        if (TestProcess.Argument is { } path)
        {
            await HoldUntilKilledAsync(path);
            return;
        }
        var dumps = Dumps();
        await using var process = await LabProcess.StartTestAsync(GetType(), HeldFile);

        var hidden = await DiagnoseAsync(process, "hidden.json");
        // By a dump: a process may not attach to its child.
        var dumped = await new HeapDiagnosis(new ProcessSource(process.Id), TimeSpan.Zero, showStrings: false, _ => { })
            .RunAsync(Cancellation);
        await DiagnosisFiles.WriteAsync(PathOf("dumped.md"), dumped, baseline: null, Cancellation);
        string[] texts = [hidden, .. await ReadFilesAsync()];
        var shown = await DiagnoseAsync(process, "shown.md", "--show-strings");
        string[] shownTexts = [shown, await File.ReadAllTextAsync(PathOf("shown.md"), Cancellation)];

        Assert.All(texts, text => Assert.DoesNotContain(SecretOf(HeldFile, "copied")[..16], text, StringComparison.Ordinal));
        Assert.All([.. texts, .. shownTexts],
            text => Assert.DoesNotContain(SecretOf(HeldFile, "single")[..16], text, StringComparison.Ordinal));
        AssertCounted(DiagnosisFiles.Read(PathOf("hidden.json")));
        AssertCounted(dumped);
        Assert.All([hidden, await File.ReadAllTextAsync(PathOf("dumped.md"), Cancellation), .. shownTexts],
            text => Assert.Contains(Trace, text, StringComparison.Ordinal));
        // The line break is escaped, what follows the 80th character cut.
        var content = $"{Copies - 1} of `{SecretOf(HeldFile, "copied")}\\u000A{new string('x', 15)}…`";
        Assert.All(shownTexts, text => Assert.Contains(content, text, StringComparison.Ordinal));
        // Other diagnoses of this machine delete theirs sooner or later.
        await Eventually.ReadAsync(
            () => Task.FromResult(string.Join(' ', Dumps().Except(dumps))), left => left == "", "no dump to be left");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The process writes it when it holds the strings.
    private string HeldFile => PathOf("held");

    private string PathOf(string file) => Path.Combine(_folder, file);

    // Known to both processes, but neither an argument nor a variable of the one that is diagnosed.
    private static string SecretOf(string path, string use)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path} {use}")));

    private static string[] Dumps() => Directory.GetFileSystemEntries(Path.GetTempPath(), "shop-diagnose-*");

    private static void AssertCounted(DiagnosisReport report)
    {
        Assert.NotNull(report.Strings);
        Assert.Equal(new StringHolder(Trace, Copies - 1, (Copies - 1) * BytesOfCopy), report.Strings.Holders[0]);
        Assert.InRange(report.Strings.Count, Copies - 1, report.Strings.Strings - report.Strings.Contents);
        Assert.InRange(report.Strings.Bytes, report.Strings.Holders.Sum(holder => holder.Bytes), report.Snapshots[^1].ReachableBytes);
        Assert.Null(report.Strings.Shown);
    }

    private async Task<string[]> ReadFilesAsync()
        => await Task.WhenAll(Directory.GetFiles(_folder).Select(file => File.ReadAllTextAsync(file, Cancellation)));

    private async Task<string> DiagnoseAsync(LabProcess process, string report, params string[] options)
    {
        var (exitCode, output, error) = await LabProcess.RunAsync(
            ["diagnose", $"{process.Id}", "--wait", "1", "--report", PathOf(report), .. options]);
        Assert.True(exitCode == CommandLine.Done, $"{output}{error}");
        return $"{output}{error}";
    }

    private static async Task HoldUntilKilledAsync(string path)
    {
        Texts.Hold(SecretOf(path, "copied"), SecretOf(path, "single"));
        await File.WriteAllTextAsync(path, "", Cancellation);
        await Task.Delay(Timeout.Infinite, Cancellation);
    }

    private static class Texts
    {
        private static readonly List<string> _copies = [];
        private static string? _single;

        public static void Hold(string copied, string single)
        {
            for (var copy = 0; copy < Copies; copy++)
                _copies.Add($"{copied}\n{new string('x', 135)}");
            _single = $"{single} {_copies.Count}";
        }

        public static string? Single => _single;
    }
}
