using Shop.Lab;

namespace Shop.Tests;

/// <summary>
/// Runs a test again in a process of its own: one whose memory or network nothing else uses, or that another process stops.
/// </summary>
internal static class TestProcess
{
    private const string Marker = "SHOP_TEST_PROCESS";

    /// <summary>In a process of its own, what the test was started with; otherwise null.</summary>
    public static string? Argument => Environment.GetEnvironmentVariable(Marker);

    /// <summary>Whether this process runs only one test.</summary>
    public static bool IsHere => Argument is not null;

    /// <summary>The environment variable that <see cref="Argument"/> is read from.</summary>
    public static (string Name, string Value) Variable(string argument) => (Marker, argument);

    /// <summary>The arguments of <c>dotnet</c> that run a test.</summary>
    public static string[] Command(Type testClass, string test)
        => ["exec", testClass.Assembly.Location, "-method", $"{testClass.FullName}.{test}"];

    /// <summary>Runs the test in a process.</summary>
    public static async Task RunAsync(Type testClass, string test)
        => AssertPassed(await RunAsync("env", [$"{Marker}=1", "dotnet", .. Command(testClass, test)]));

    /// <summary>
    /// Runs the test in a process with a network of its own: a network namespace of Linux, which an ordinary user may create. Skips it if
    /// this machine does not allow that.
    /// </summary>
    /// <param name="testClass">The class of the test.</param>
    /// <param name="test">The test.</param>
    /// <param name="setUp">A shell script that configures the network.</param>
    public static async Task RunInNetworkAsync(Type testClass, string test, string setUp)
    {
        var (status, reason) = await UnshareAsync(setUp);
        Assert.SkipUnless(status == 0, $"This machine has no network namespaces for this user: {reason.Trim()}");
        var command = string.Join(' ', Command(testClass, test).Select(word => $"'{word}'"));
        AssertPassed(await UnshareAsync($"{setUp} && exec dotnet {command}"));
    }

    private static Task<(int ExitCode, string Output)> UnshareAsync(string script)
        => RunAsync("unshare", ["--map-root-user", "--net", "env", $"{Marker}=1", "sh", "-c", script]);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            return await Repository.RunAsync(program, arguments, Path.GetTempPath(), TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            return (1, exception.Message);
        }
    }

    private static void AssertPassed((int ExitCode, string Output) result)
        => Assert.True(result.ExitCode == 0 && result.Output.Contains("Total: 1", StringComparison.Ordinal), result.Output);
}
