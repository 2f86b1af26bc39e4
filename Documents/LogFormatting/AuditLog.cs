using System.Buffers;
using System.Diagnostics.Metrics;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.LogFormatting;

/// <summary>
/// The audit log, on standard output. Lines are formatted into a buffer of <see cref="MaxBufferedBytes"/>, which is written and emptied ten
/// times a second; a line that finds it full, because nobody reads the output, is dropped and counted.
/// </summary>
internal sealed class AuditLog : BackgroundService
{
    /// <summary>The size from which on lines are dropped: the lines of a tenth of a second at 5,000 requests a second.</summary>
    public const int MaxBufferedBytes = 64 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CaseSwitch<ILogFormatting> _formatting;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _dropped;
    private readonly Lock _lock = new();
    private ArrayBufferWriter<byte> _lines = NewBuffer();
    private ArrayBufferWriter<byte> _written = NewBuffer();

    public AuditLog(CaseSwitch<ILogFormatting> formatting, TimeProvider time, IMeterFactory meters)
    {
        (_formatting, _time) = (formatting, time);
        // The factory owns and disposes the meter.
        _meter = meters.Create(ContentBuffers.MeterName);
        _dropped = _meter.CreateCounter<long>("shop.audit.dropped", "{line}", "Audit lines that nobody read in time");
    }

    /// <summary>Adds a line; it never waits.</summary>
    public void Add(in AuditEntry entry)
    {
        lock (_lock)
        {
            if (_lines.WrittenCount < MaxBufferedBytes)
                _formatting.Current.Write(entry, _lines);
            else
                _dropped.Add(1);
        }
    }

    /// <summary>Writes the lines that are there; one call at a time. It is not cancelled: a line must not be written in part.</summary>
    public async Task WriteAsync(Stream output)
    {
        lock (_lock)
            (_lines, _written) = (_written, _lines);
        await output.WriteAsync(_written.WrittenMemory, CancellationToken.None);
        _written.ResetWrittenCount();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var output = Console.OpenStandardOutput();
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(output);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(output);
        }
    }

    private static ArrayBufferWriter<byte> NewBuffer() => new(MaxBufferedBytes + FixedLogFormatting.MaxLineBytes);
}
