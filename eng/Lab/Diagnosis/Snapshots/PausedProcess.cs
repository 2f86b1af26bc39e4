using System.Globalization;
using System.Runtime.InteropServices;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>
/// All threads of a process, which stand still until this is disposed of or its own process ends, however it does. ClrMD pauses by
/// <c>PTRACE_ATTACH</c>, which sends SIGSTOP: whoever is killed before that has come leaves a stopped process behind, and a signal that
/// comes first, as the runtime's own do, is lost. <c>PTRACE_SEIZE</c> sends none. See https://man7.org/linux/man-pages/man2/ptrace.2.html.
/// </summary>
internal sealed class PausedProcess : IDisposable
{
    private const int Detach = 17;
    private const int Seize = 0x4206;
    private const int Interrupt = 0x4207;
    private const int Stopped = 0x7f;
    private const int AnyThread = 0x40000000;
    private const int Interrupted = 4;
    private readonly int _processId;

    // The signal that each was about to receive, or none.
    private readonly Dictionary<int, int> _threads = [];

    /// <exception cref="UnauthorizedAccessException">The system does not allow it.</exception>
    public PausedProcess(int processId)
    {
        _processId = processId;
        // Those that still run may start others.
        for (var paused = -1; paused < _threads.Count;)
        {
            paused = _threads.Count;
            foreach (var thread in Threads().Except(_threads.Keys))
                Pause(thread);
        }
        if (_threads.Count == 0)
            throw new UnauthorizedAccessException($"Process {processId} cannot be paused.");
    }

    /// <summary>Lets them go on. Call it from the thread that has paused them.</summary>
    public void Dispose()
    {
        foreach (var (thread, signal) in _threads)
            _ = Trace(Detach, thread, 0, signal);
        _threads.Clear();
    }

    private void Pause(int thread)
    {
        // Neither is possible with one that has just ended.
        if (Trace(Seize, thread, 0, 0) < 0 || Trace(Interrupt, thread, 0, 0) < 0)
            return;
        // Without an event it has stopped because of a signal that came first.
        if (WaitFor(thread) is { } status && (status & 0xff) == Stopped)
            _threads[thread] = status >> 16 == 0 ? (status >> 8) & 0xff : 0;
    }

    private static int? WaitFor(int thread)
    {
        int result, status;
        do
            result = Wait(thread, out status, AnyThread);
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result < 0 ? null : status;
    }

    private List<int> Threads()
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{_processId}/task")
                .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Trace(nint request, nint thread, nint address, nint data);

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(int thread, out int status, int options);
}
