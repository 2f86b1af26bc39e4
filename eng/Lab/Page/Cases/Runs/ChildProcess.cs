using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Lab.Page.Cases.Runs;

/// <summary>A program that runs beside the server, and can be interrupted as with Ctrl+C.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Sigint = 2;

    // After its end, what it has started may still have its output open.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    // The page's own addresses, key and exporter: a proof's tests and services would take them for theirs.
    private static readonly string[] OwnVariables = ["ASPNETCORE_", "OTEL_", "Lab__", "services__", "ConnectionStrings__"];
    private readonly Process _process;
    private readonly Task _output;

    private ChildProcess(Process process, Action<string> onLine)
    {
        _process = process;
        _output = Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine));
    }

    /// <summary>Starts it; its lines come as it prints them, from several threads.</summary>
    /// <exception cref="LabException">This machine does not have it.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, Action<string> onLine)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsOwn).ToArray())
            start.Environment.Remove(name);
        try
        {
            return new ChildProcess(Process.Start(start)!, onLine);
        }
        catch (Win32Exception exception)
        {
            throw new LabException($"{program} cannot be run: {exception.Message}");
        }
    }

    /// <summary>Waits until it has ended; interrupts it when that is asked for, and kills it if it has not ended then.</summary>
    /// <param name="stopTimeout">How long it has to end once it is interrupted.</param>
    /// <param name="cancel">Completes when it is to be interrupted.</param>
    /// <param name="kill">Completes when it is to be killed if it has been interrupted, whatever is left of the time.</param>
    /// <returns>The exit code, and whether it had to be killed.</returns>
    public async Task<(int ExitCode, bool WasKilled)> EndAsync(TimeSpan stopTimeout, Task cancel, Task kill)
    {
        var exit = _process.WaitForExitAsync();
        var wasKilled = await Task.WhenAny(exit, cancel) != exit && await InterruptAsync(exit, Task.Delay(stopTimeout), kill);
        await Task.WhenAny(_output, Task.Delay(DrainTimeout));
        return (_process.ExitCode, wasKilled);
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> InterruptAsync(Task exit, Task timeout, Task kill)
    {
        Interrupt();
        if (await Task.WhenAny(exit, timeout, kill) == exit)
            return false;
        _process.Kill(entireProcessTree: true);
        await exit;
        return true;
    }

    // .NET can only kill.
    private void Interrupt()
    {
        if (OperatingSystem.IsWindows())
            _process.Kill(entireProcessTree: true);
        else if (!_process.HasExited)
            _ = Kill(_process.Id, Sigint);
    }

    private static async Task ReadAsync(StreamReader output, Action<string> onLine)
    {
        while (await output.ReadLineAsync() is { } line)
            onLine(line);
    }

    private static bool IsOwn(string name) => OwnVariables.Any(own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
