namespace Shop.Lab.Proof.Running;

/// <summary>What a process has done since its start, and the size of its working set; bytes and milliseconds.</summary>
internal sealed record ProcessReading(
    int ProcessId, int Gen2Collections, long AllocatedBytes, double PauseMilliseconds, long WorkingSetBytes);
