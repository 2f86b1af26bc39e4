using System.Diagnostics;
using System.Runtime.CompilerServices;
using Shop.Lab;

namespace Shop.Tests.Lab;

/// <summary>The Lab in a process of its own, started as a user starts it.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(8);
    private readonly CancellationTokenSource _timeout
        = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Process _process;
    private readonly CancellationTokenSource _ended;
    private readonly Task<string> _error;

    private LabProcess(Process process)
    {
        _process = process;
        _timeout.CancelAfter(Timeout);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token);
        _error = ReadErrorsAsync();
    }

    public static LabProcess Start(string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment)
        => Start("dotnet", ["exec", typeof(CommandLine).Assembly.Location, .. arguments], environment);

    /// <summary>Starts the program that contains the type.</summary>
    public static LabProcess Start(Type program, string[] arguments) => Start("dotnet", ["exec", program.Assembly.Location, .. arguments]);

    /// <summary>Starts any program.</summary>
    public static LabProcess Start(
        string program, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new LabProcess(Process.Start(start)!);
    }

    /// <summary>Runs a test again in a process of its own, and waits until that has written the file which is its argument.</summary>
    public static async Task<LabProcess> StartTestAsync(Type testClass, string file, [CallerMemberName] string test = "")
    {
        var process = Start("dotnet", TestProcess.Command(testClass, test), TestProcess.Variable(file));
        await Eventually.ReadAsync(() => Task.FromResult(File.Exists(file)), isWritten => isWritten, $"{test} to write {file}");
        return process;
    }

    /// <summary>Runs a command to completion.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var lab = Start(arguments);
        return await lab.EndAsync();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(_timeout.Token);

    /// <summary>Waits until it listens, and gives its address.</summary>
    public async Task<Uri> ReadAddressAsync()
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Listening.Length)..]);
        }
        throw new InvalidOperationException("The page did not start.");
    }

    /// <summary>Cancelled when the process has exited or timed out.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Sends SIGINT, as Ctrl+C does.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(_timeout.Token);
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(_timeout.Token);
        await _process.WaitForExitAsync(_timeout.Token);
        return (_process.ExitCode, output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        await _error;
        _process.Dispose();
        _ended.Dispose();
        _timeout.Dispose();
    }

    private async Task<string> ReadErrorsAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync(_timeout.Token);
        await _ended.CancelAsync();
        return error;
    }
}
