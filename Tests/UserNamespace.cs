using System.Runtime.CompilerServices;
using Shop.Lab;

namespace Shop.Tests;

/// <summary>
/// Runs a test again, alone in a process with limits of its own: in a user namespace of Linux, which an ordinary user may create.
/// </summary>
/// <param name="arguments">The further namespaces, as arguments of unshare.</param>
/// <param name="setUp">The shell commands that set the limits.</param>
internal sealed class UserNamespace(string[] arguments, string setUp)
{
    private const string Marker = "SHOP_TEST_USER_NAMESPACE";

    /// <summary>Whether this process is the one with the limits.</summary>
    public bool IsHere { get; } = Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>Runs the test in such a process; skips it if this machine does not allow that.</summary>
    public async Task RunAsync(Type testClass, [CallerMemberName] string test = "")
    {
        var (status, reason) = await UnshareAsync(setUp);
        Assert.SkipUnless(status == 0, $"This machine has no namespaces for this user: {reason.Trim()}");
        var (exitCode, output) = await UnshareAsync(
            $"{setUp} && exec dotnet exec '{testClass.Assembly.Location}' -method {testClass.FullName}.{test}");

        Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }

    private async Task<(int ExitCode, string Output)> UnshareAsync(string script)
    {
        try
        {
            return await Repository.RunAsync(
                "unshare", ["--map-root-user", .. arguments, "env", $"{Marker}=1", "sh", "-c", script], Path.GetTempPath(),
                TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            return (1, exception.Message);
        }
    }
}
