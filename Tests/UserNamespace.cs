using System.Runtime.CompilerServices;

namespace Shop.Tests;

/// <summary>
/// Runs a test again in a process with limits, a network or file systems of its own: in a user namespace of Linux, which an ordinary user
/// may create.
/// </summary>
/// <param name="arguments">The further namespaces, as arguments of unshare.</param>
/// <param name="setUp">The shell commands that set them up.</param>
internal sealed class UserNamespace(string[] arguments, string setUp)
{
    /// <summary>Runs the test in such a process; skips it if this machine does not allow that.</summary>
    public async Task RunAsync(Type testClass, [CallerMemberName] string test = "")
    {
        var (status, reason) = await UnshareAsync(setUp);
        Assert.SkipUnless(status == 0, $"This machine has no such namespace for this user: {reason.Trim()}");
        var command = string.Join(' ', TestProcess.Command(testClass, test).Select(word => $"'{word}'"));
        TestProcess.AssertPassed(await UnshareAsync($"{setUp} && exec dotnet {command}"));
    }

    private Task<(int ExitCode, string Output)> UnshareAsync(string script)
        => TestProcess.RunProgramAsync("unshare", ["--map-root-user", .. arguments, "sh", "-c", script]);
}
