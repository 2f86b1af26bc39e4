namespace Shop.Tests.Monitoring;

/// <summary>
/// The rule tests of eng/Monitoring/tests: each alert fires when it should and stays silent when it should not, and the articles' own
/// expressions do not.
/// </summary>
public sealed class AlertRuleTests : IDisposable
{
    private const string NotAsExpected = "got:";
    private static readonly string[] Files = ["alerts.yml", "kubernetes.yml"];
    private static readonly string[] Severities = ["info", "warning", "critical"];
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("shop-rules-");

    public static TheoryData<string> TestFiles => [.. FilesOf("tests").Select(file => Path.GetFileName(file))];

    public static TheoryData<string, string> Alerts => [.. Files.SelectMany(AlertRule.Read).Select(rule => (rule.File, rule.Name))];

    public void Dispose() => _copy.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(TestFiles))]
    public async Task AlertsFireAndStaySilentAsTheTestsSay(string file)
    {
        var (exitCode, output) = await Promtool.RunAsync(Promtool.Folder, "test", "rules", Path.Combine("tests", file));

        Assert.True(exitCode == 0, output);
    }

    /// <summary>The tests see an alert that never fires, and one that always does.</summary>
    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task AnAlertThatIsSilentOrFiresAlwaysFailsItsTests(string file, string alert)
    {
        var rule = AlertRule.Read(file).Single(rule => rule.Name == alert);

        Assert.Contains(NotAsExpected, await TestChangedAsync(rule, ""), StringComparison.Ordinal);
        Assert.Contains(NotAsExpected, await TestChangedAsync(rule, rule.Firing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrometheusRefusesTheArticlesRuleThatHasASizeInBytes()
    {
        var (exitCode, output) = await Promtool.RunAsync(Promtool.Folder, "check", "rules", "articles.invalid.yml");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("bad number or duration syntax: \"500\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void AnAlertSaysHowBadItIsAndWhatToDo(string file, string alert)
    {
        var rule = AlertRule.Read(file).Single(rule => rule.Name == alert);

        Assert.Contains(Severities, severity => rule.Text.Contains($"severity: {severity}", StringComparison.Ordinal));
        Assert.Contains("summary: ", rule.Text, StringComparison.Ordinal);
        Assert.Contains("action: ", rule.Text, StringComparison.Ordinal);
    }

    // Only the tests that name the alert.
    private async Task<string> TestChangedAsync(AlertRule rule, string text)
    {
        foreach (var file in FilesOf("."))
            File.Copy(file, Path.Combine(_copy.FullName, Path.GetFileName(file)), overwrite: true);
        var changed = Path.Combine(_copy.FullName, rule.File);
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(changed)).Replace(rule.Text, text, StringComparison.Ordinal));
        var tests = _copy.CreateSubdirectory("tests").FullName;
        var naming = FilesOf("tests").Where(file => File.ReadAllText(file).Contains($"\"{rule.Name}\"", StringComparison.Ordinal)).ToList();
        foreach (var file in naming)
            File.Copy(file, Path.Combine(tests, Path.GetFileName(file)), overwrite: true);
        var (_, output) = await Promtool.RunAsync(tests, ["test", "rules", .. naming.Select(file => Path.GetFileName(file))]);
        return output;
    }

    private static string[] FilesOf(string folder) => Directory.GetFiles(Path.Combine(Promtool.Folder, folder), "*.yml");
}
