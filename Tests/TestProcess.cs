using System.Runtime.CompilerServices;
using Shop.Lab;

namespace Shop.Tests;

/// <summary>
/// Runs a test again in a process of its own: one whose memory nothing else uses, or that another process stops or kills.
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
    public static string[] Command(Type testClass, [CallerMemberName] string test = "")
        => ["exec", testClass.Assembly.Location, "-method", $"{testClass.FullName}.{test}"];

    /// <summary>Runs the test in a process.</summary>
    public static async Task RunAsync(Type testClass, [CallerMemberName] string test = "")
        => AssertPassed(await RunProgramAsync("dotnet", Command(testClass, test)));

    /// <summary>Runs a program that may run the test, and returns its output; 1 if it does not start.</summary>
    public static async Task<(int ExitCode, string Output)> RunProgramAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            return await Repository.RunAsync(
                "env", [$"{Marker}=1", program, .. arguments], Path.GetTempPath(), TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            return (1, exception.Message);
        }
    }

    /// <summary>Asserts that the test ran and passed.</summary>
    public static void AssertPassed((int ExitCode, string Output) result)
        => Assert.True(result.ExitCode == 0 && result.Output.Contains("Total: 1", StringComparison.Ordinal), result.Output);
}
