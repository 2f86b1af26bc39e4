using Shop.Lab;
using Shop.Payments.GcSettings;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Lab;

namespace Shop.Tests.Payments;

/// <summary>
/// What the settings do that the articles publish: the Lab's command <c>gc</c> in processes that start with them. The Lab has the
/// runtime's defaults, the services have what the Web SDK sets.
/// </summary>
public sealed class GcSettingsTests
{
    private static readonly (string, string) WebDefault = ("DOTNET_gcServer", "1");
    private static readonly string Lab = typeof(CommandLine).Assembly.Location;

    public static TheoryData<string, string, string> Effects => new()
    {
        { "server-without-DATAS", "GCDynamicAdaptationMode", "0" },
        { "workstation", "ServerGC", "False" },
        { "not-concurrent", "ConcurrentGC", "False" },
        { "retain-VM", "RetainVM", "True" },
        { "conserve-memory", "GCConserveMem", "5" },
        { "hard-limit", "GCHeapHardLimit", "209715200" },
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public async Task EachSetTakesEffect(string name, string setting, string value)
    {
        var environment = ((Setting)GcSettingsCase.Study.Evidence).Environments.Single(environment => environment.Name == name);

        var without = await ReadAsync(WebDefault);
        var with = await ReadAsync([WebDefault, .. environment.Variables.Select(variable => (variable.Key, variable.Value))]);

        Assert.NotEqual(value, without.GetValueOrDefault(setting));
        Assert.Equal(value, with[setting]);
    }

    [Fact]
    public void EachSetButTheDefaultHasATest()
        => Assert.Equal(
            ((Setting)GcSettingsCase.Study.Evidence).Environments.Where(environment => environment.Variables.Count > 0)
                .Select(environment => environment.Name),
            Effects.Select(row => row.Data.Item1));

    /// <summary>The article's 90 is 0x90.</summary>
    [Theory]
    [InlineData("90", 0x90)]
    [InlineData("0x5A", 90)]
    public async Task AHighMemoryPercentageIsHexadecimal(string written, int percent)
        => Assert.Equal($"{percent}", (await ReadAsync(("DOTNET_GCHighMemPercent", written)))["GCHighMemPercent"]);

    /// <summary>The article sets DOTNET_GCServer.</summary>
    [Theory]
    [InlineData("DOTNET_gcServer", "True")]
    [InlineData("DOTNET_GCServer", "False")]
    public async Task TheNameOfAVariableIsCaseSensitive(string name, string server)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The names of environment variables are not case-sensitive on Windows.");
        Assert.Equal(server, (await ReadAsync((name, "1")))["ServerGC"]);
    }

    /// <summary>The article sets it in the project file to force Workstation GC.</summary>
    [Fact]
    public async Task ServerGarbageCollectionIsWhatTheWebSdkSetsAndMeansServerGc()
    {
        var configuration = Path.ChangeExtension(typeof(GcSettingsCase).Assembly.Location, "runtimeconfig.json");
        await using var lab = LabProcess.Start("dotnet", ["exec", "--runtimeconfig", configuration, Lab, "gc"]);

        Assert.Equal("True", (await ReadAsync(lab))["ServerGC"]);
    }

    /// <summary>The article sets a hard limit of this size.</summary>
    [Fact]
    public async Task AContainersHeapIsLimitedToThreeQuartersOfItsMemoryByDefault()
    {
        const long limit = 256L * 1024 * 1024;
        using var group = MemoryGroup.Create(limit, out var problem);
        Assert.SkipWhen(group is null, $"A cgroup with a memory limit cannot be made: {problem}");
        await using var lab = LabProcess.Start("sh", ["-c", $"echo $$ > {group.Processes} && exec dotnet exec {Lab} gc"]);

        Assert.Equal($"{limit * 3 / 4}", (await ReadAsync(lab))["TotalAvailableMemoryBytes"]);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(params (string Name, string Value)[] environment)
    {
        await using var lab = LabProcess.Start(["gc"], environment);
        return await ReadAsync(lab);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(LabProcess lab)
    {
        var (exitCode, output, error) = await lab.EndAsync();
        Assert.Equal((0, ""), (exitCode, error));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
