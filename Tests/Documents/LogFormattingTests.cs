using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Documents.LogFormatting;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The bytes that the sink gets, what the variants allocate, and the defect of Published.</summary>
public sealed class LogFormattingTests : AllocatedContract
{
    private const int MaxBytesPerLine = 22;
    private const int Lines = 1_000;

    private static readonly TimeSpan Optimization = TimeSpan.FromSeconds(30);
    private static bool _hasWaited;

    /// <summary>As in the proof.</summary>
    private static readonly AuditEntry Entry = EntryOf(null) with { Customer = new AuditText(null) };
    private readonly ArrayBufferWriter<byte> _sink = new(FixedLogFormatting.MaxLineBytes);

    private protected override ILogFormatting Current => Services.GetRequiredService<CaseSwitch<ILogFormatting>>().Current;

    /// <summary>Waits once until the code is optimized: before, structs are boxed to be formatted.</summary>
    public override async ValueTask InitializeAsync()
    {
        if (!_hasWaited)
        {
            await Eventually.TryReadAsync(
                () => Task.FromResult(Allocated(Operate, times: 1_000)), bytes => bytes <= MaxBytesPerLine, Optimization);
        }
        _hasWaited = true;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task FixedAllocatesNextToNothingAtAnyNumberOfThreads(int threads)
    {
        using var log = Log();
        var perLine = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => Allocated(() => AddMany(log)) / Lines, Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(perLine, bytes => Assert.InRange(bytes, 0, MaxBytesPerLine));
    }

    /// <summary>The parts and the line are strings, as before.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void ALineAllocatesLessThanItsText(CaseVariant variant, bool allocatesItsText)
    {
        Switch.Select(variant);
        var sink = new ArrayBufferWriter<byte>();
        Current.Write(Entry, sink);

        Assert.Equal(allocatesItsText, Allocated(Operate) >= sink.WrittenCount);
    }

    /// <summary>What a client chooses is shown, but ends no line and begins none.</summary>
    [Theory]
    [InlineData("\n[2026-01-01 00:00:00] ERROR list: eve GET 500 /documents", "�[2026-01-01 00:00:00] ERROR list: eve GET 500 /documents")]
    [InlineData("a\r\nb", "a��b")]
    [InlineData("a\u0085b\u2028c\u2029d\u000Be\fz", "a�b�c�d�e�z")]
    [InlineData("a\0\u001b[2Jb\u007f", "a��[2Jb�")]
    [InlineData("a\u202Eb\u200Fc", "a�b�c")]
    [InlineData(@"\uD800a\uDC00", "�a�")]
    [InlineData("", "-")]
    [InlineData(null, "-")]
    [InlineData(@"käse 🧀 \\n", @"käse 🧀 \n")]
    public void HostileTextCannotForgeALine(string? text, string printed)
    {
        // Unpaired surrogates are escaped, because the test framework would replace them.
        var agent = text is null ? null : Regex.Unescape(text);
        foreach (var variant in Study.Variants)
        {
            Switch.Select(variant);
            var line = Format(EntryOf(agent));

            Assert.Equal($"[2026-11-28 01:02:03] WARNING preview: ada GET 404 /documents/1/preview {printed}\n", line);
        }
    }

    /// <summary>Also where the limit cuts a pair of surrogates in two.</summary>
    [Theory, Variants]
    public void LongTextIsTruncated(CaseVariant variant)
    {
        Switch.Select(variant);
        var line = Format(EntryOf(new string('x', AuditText.MaxLength - 1) + "🧀 and more"));

        Assert.EndsWith($" {new string('x', AuditText.MaxLength - 1)}�\n", line);
    }

    /// <summary>Three bytes for each character is the most.</summary>
    [Theory, Variants]
    public void TheLongestLineIsComplete(CaseVariant variant)
    {
        Switch.Select(variant);
        var text = new AuditText(new string('€', AuditText.MaxLength));
        var line = Format(Entry with { Customer = text, Method = text, Path = text, Agent = text });

        Assert.Equal(4 * AuditText.MaxLength, line.Count(character => character == '€'));
        Assert.EndsWith("€\n", line);
    }

    [Fact]
    public async Task LinesThatNobodyReadsAreDroppedAndCounted()
    {
        var dropped = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "shop.audit.dropped" && instrument.Meter.Scope == Services.GetRequiredService<IMeterFactory>())
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => dropped += value);
        listener.Start();
        await using var output = new MemoryStream();
        using var log = Log();
        const int lines = 10_000;
        for (var line = 0; line < lines; line++)
            log.Add(Entry);
        await log.WriteAsync(output);

        Assert.InRange(output.Length, AuditLog.MaxBufferedBytes, AuditLog.MaxBufferedBytes + FixedLogFormatting.MaxLineBytes);
        Assert.Equal(lines, dropped + Encoding.UTF8.GetString(output.ToArray()).Count(character => character == '\n'));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics().AddSingleton(TimeProvider.System);
        cases.Add<LogFormattingCase>();
    }

    /// <summary>An entry is one line with all its fields.</summary>
    private protected override Task BehaveAsync()
    {
        Assert.Equal("[2026-11-28 01:02:03] WARNING preview: ada GET 404 /documents/1/preview curl/8 (x)\n", Format(EntryOf("curl/8 (x)")));
        return Task.CompletedTask;
    }

    private protected override void Operate()
    {
        _sink.ResetWrittenCount();
        Current.Write(Entry, _sink);
    }

    private static void AddMany(AuditLog log)
    {
        for (var line = 0; line < Lines; line++)
            log.Add(Entry);
    }

    // Not that of the services, which would write to the tests' output.
    private AuditLog Log() => new(
        Services.GetRequiredService<CaseSwitch<ILogFormatting>>(), TimeProvider.System, Services.GetRequiredService<IMeterFactory>());

    private string Format(in AuditEntry entry)
    {
        var sink = new ArrayBufferWriter<byte>();
        Current.Write(entry, sink);
        return Encoding.UTF8.GetString(sink.WrittenSpan);
    }

    private static AuditEntry EntryOf(string? agent) => new(
        new(2026, 11, 28, 1, 2, 3, TimeSpan.Zero), LogLevel.Warning, "preview", new AuditText("ada"), new AuditText("GET"), 404,
        new AuditText("/documents/1/preview"), new AuditText(agent));
}
