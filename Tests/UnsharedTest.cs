using Shop.Lab;

namespace Shop.Tests;

/// <summary>Runs a test again in a process with a namespace of Linux for itself, which an ordinary user may create.</summary>
internal static class UnsharedTest
{
    private const string Marker = "SHOP_TEST_UNSHARED";

    /// <summary>Whether this process is the one with the namespace.</summary>
    public static bool IsHere => Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>Runs the test in such a process; skips it if this machine does not allow that.</summary>
    /// <param name="testClass">The test's class.</param>
    /// <param name="test">The test's name.</param>
    /// <param name="unshared">The option of <c>unshare</c> for the namespace.</param>
    /// <param name="setUp">The shell commands that prepare the namespace.</param>
    public static async Task RunAsync(Type testClass, string test, string unshared, string setUp)
    {
        var (status, reason) = await UnshareAsync(unshared, setUp);
        Assert.SkipUnless(status == 0, $"This machine has no such namespace for this user: {reason.Trim()}");
        var (exitCode, output) = await UnshareAsync(
            unshared, $"{setUp} && exec dotnet exec '{testClass.Assembly.Location}' -method {testClass.FullName}.{test}");

        Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }

    private static async Task<(int ExitCode, string Output)> UnshareAsync(string unshared, string script)
    {
        try
        {
            return await Repository.RunAsync(
                "unshare", ["--map-root-user", unshared, "env", $"{Marker}=1", "sh", "-c", script], Path.GetTempPath(),
                TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            return (1, exception.Message);
        }
    }
}
