using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Shop.Lab.Limits;

/// <summary>
/// The hidden command <c>leak</c>, the process that <c>limits</c> starts: prints the heap's limit as the runtime has it, in bytes, then
/// leaks a megabyte at a time and prints after each the highest resident memory so far, in bytes.
/// </summary>
internal static class LeakCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "leak";

    private const int Megabyte = 1024 * 1024;
    // Far below 85,000 bytes, so that they are in the generations and not large objects.
    private const int ArrayBytes = 16 * 1024;
    private const string PeakLine = "VmHWM:";

    public static Command Create()
    {
        var kind = new Argument<LeakKind>("kind");
        var megabytes = new Argument<int>("megabytes");
        var command = new Command(Name) { kind, megabytes };
        command.Hidden = true;
        command.SetAction(parsed => Leak(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(megabytes)));
        return command;
    }

    private static int Leak(LeakKind kind, int megabytes)
    {
        Print(GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes);
        var retained = new List<byte[]>();
        for (var count = 0; count < megabytes; count++)
        {
            if (kind == LeakKind.Native)
                LeakNative();
            else
                Allocate(retained);
            if (kind == LeakKind.Garbage)
                retained.Clear();
            Print(ReadPeak());
        }
        GC.KeepAlive(retained);
        return CommandLine.Done;
    }

    // Memory is resident only once it has been written.
    private static void Allocate(List<byte[]> retained)
    {
        for (var bytes = 0; bytes < Megabyte; bytes += ArrayBytes)
        {
            var array = new byte[ArrayBytes];
            array.AsSpan().Fill(1);
            retained.Add(array);
        }
    }

    private static void LeakNative()
    {
        var block = Marshal.AllocHGlobal(Megabyte);
        for (var offset = 0; offset < Megabyte; offset += sizeof(long))
            Marshal.WriteInt64(block, offset, 1);
    }

    private static long ReadPeak()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(PeakLine, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(PeakLine.Length, line.Length - PeakLine.Length - "kB".Length), NumberStyles.Integer,
            CultureInfo.InvariantCulture) * 1024;
    }

    private static void Print(long bytes) => Console.WriteLine(bytes.ToString(CultureInfo.InvariantCulture));
}
