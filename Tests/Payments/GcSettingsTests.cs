using Shop.Lab;
using Shop.Lab.Limits;
using Shop.Payments.GcSettings;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Lab;

namespace Shop.Tests.Payments;

/// <summary>
/// What the settings do that the articles publish: the Lab's command <c>gc</c> in processes that start with them, and with the runtime
/// configuration of Payments.
/// </summary>
public sealed class GcSettingsTests
{
    private static readonly string[] Command =
    [
        "exec", "--runtimeconfig", Path.ChangeExtension(typeof(GcSettingsCase).Assembly.Location, "runtimeconfig.json"),
        typeof(CommandLine).Assembly.Location, "gc",
    ];

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

        var without = await ReadAsync();
        var with = await ReadAsync([.. environment.Variables.Select(variable => (variable.Key, variable.Value))]);

        Assert.NotEqual(value, without.GetValueOrDefault(setting));
        Assert.Equal(value, with[setting]);
    }

    [Fact]
    public void EachSetButTheDefaultHasATest()
        => Assert.Equal(
            ((Setting)GcSettingsCase.Study.Evidence).Environments.Where(environment => environment.Variables.Count > 0)
                .Select(environment => environment.Name),
            Effects.Select(row => row.Data.Item1));

    /// <summary>The article's 90 is 0x90, above the highest percentage that the collector takes.</summary>
    [Theory]
    [InlineData("90", 99)]
    [InlineData("0x5A", 90)]
    public async Task AHighMemoryPercentageIsHexadecimal(string written, int percent)
        => Assert.Equal($"{percent}", (await ReadAsync(("DOTNET_GCHighMemPercent", written)))["GCHighMemPercent"]);

    /// <summary>The article sets DOTNET_GCServer.</summary>
    [Theory]
    [InlineData("DOTNET_gcServer", "False")]
    [InlineData("DOTNET_GCServer", "True")]
    public async Task TheNameOfAVariableIsCaseSensitive(string name, string server)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The names of environment variables are not case-sensitive on Windows.");
        Assert.Equal(server, (await ReadAsync((name, "0")))["ServerGC"]);
    }

    /// <summary>The article sets it in the project file to force Workstation GC.</summary>
    [Fact]
    public async Task ServerGarbageCollectionIsWhatTheWebSdkSetsAndMeansServerGc() => Assert.Equal("True", (await ReadAsync())["ServerGC"]);

    /// <summary>The article sets a hard limit of this size.</summary>
    [Fact]
    public async Task AContainersHeapIsLimitedToThreeQuartersOfItsMemoryByDefault()
    {
        const long limit = 256L * 1024 * 1024;
        using var group = MemoryGroup.Create(limit, out var problem);
        Assert.SkipWhen(group is null, $"A cgroup with a memory limit cannot be made: {problem}");
        await using var lab = LabProcess.Start(
            "sh", ["-c", $"echo $$ > {group.Processes} && exec dotnet \"$@\"", "sh", .. Command]);

        Assert.Equal($"{limit * 3 / 4}", (await ReadAsync(lab))["TotalAvailableMemoryBytes"]);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(params (string Name, string Value)[] environment)
    {
        await using var lab = LabProcess.Start("dotnet", Command, environment);
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
