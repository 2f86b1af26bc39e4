using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.Rendering;
using Shop.Documents.Reports;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;
using SkiaSharp;

namespace Shop.Tests.Documents;

/// <summary>What the variants send, what they allocate, and the defect of Published.</summary>
public sealed class ReportsTests : AllocatedContract
{
    private const int LargeObjectBytes = 85_000;

    private static readonly DocumentView Document = new(
        Guid.NewGuid(), "customer", Guid.NewGuid(), DocumentKind.Invoice, 2_000, 240, 320, new string('0', 64), DateTimeOffset.UnixEpoch);

    private static readonly DocumentLine Line =
        new() { Position = 1, Sku = "SKU-0001", Name = "Indigo \"Headphones\" – ä", Quantity = 2, UnitPrice = 9.99m };

    private readonly SKBitmap _image = new(96, 128, SKColorType.Rgba8888, SKAlphaType.Opaque);

    private protected override IReports Current => Services.GetRequiredService<CaseSwitch<IReports>>().Current;

    public override ValueTask DisposeAsync()
    {
        _image.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>All that Fixed allocates for a report is less than one large array.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void FixedAllocatesNoLargeArrayAtAnySizeOfReport(int lines)
    {
        var report = ReportOf(lines);

        Assert.InRange(Allocated(() => Send(report), times: 3), 0, LargeObjectBytes - 1);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, false)]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task OnlyFixedNeverHoldsMoreThanAChunk(CaseVariant variant, bool isBounded)
    {
        const int maxRow = 1_000;
        Switch.Select(variant);
        var body = new RecordingWriter();
        await Current.WriteAsync(ReportOf(10_000), ResponseTo(body), Cancellation);

        Assert.Equal(isBounded, body.MostUnflushed < FixedReports.ChunkBytes + maxRow);
    }

    /// <summary>A report that exceeds the usual size is complete too.</summary>
    [Theory, Variants]
    public async Task ALargerReportIsComplete(CaseVariant variant)
    {
        Switch.Select(variant);
        await AssertCompleteAsync(lines: 30_000);
    }

    /// <summary>The client's disconnection ends the report; the middleware then counts what was written.</summary>
    [Fact]
    public async Task FixedStopsWhenNobodyReads()
    {
        var body = new RecordingWriter { IsCompleted = true };
        var written = await Current.WriteAsync(ReportOf(0), ResponseTo(body), Cancellation);

        Assert.InRange(written, FixedReports.ChunkBytes, 2 * FixedReports.ChunkBytes);
    }

    /// <summary>The copy is as large as the report.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void AReportAllocatesLessThanItsSize(CaseVariant variant, bool allocatesTheReport)
    {
        Switch.Select(variant);
        var allocated = Allocated(Operate);

        Assert.Equal(allocatesTheReport, allocated >= Rows(ReportOf(1)).Length);
        Assert.Equal(allocatesTheReport, allocated >= LargeObjectBytes);
    }

    /// <summary>The article's alternative: a stream without a capacity doubles its array until the report fits.</summary>
    [Fact]
    public void AMemoryStreamAllocatesTwiceTheReport()
    {
        const int chunk = 4096;
        var report = Rows(ReportOf(1));
        var allocated = Allocated(() =>
        {
            using var stream = new MemoryStream();
            for (var start = 0; start < report.Length; start += chunk)
                stream.Write(report, start, Math.Min(chunk, report.Length - start));
        }, times: 3);

        Assert.InRange((double)allocated / report.Length, 2, 2.5);
    }

    /// <summary>An array has 24 bytes of its own, so the last small one has 84,975.</summary>
    [Fact]
    public void AnArrayOf84976BytesIsALargeObject()
    {
        Assert.NotEqual(GC.MaxGeneration, GC.GetGeneration(new byte[84_975]));
        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(new byte[84_976]));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder) => cases.Add<ReportsCase>();

    /// <summary>The body is the whole report, row by row.</summary>
    private protected override Task BehaveAsync() => AssertCompleteAsync(lines: 3);

    private protected override void Operate() => Send(ReportOf(1));

    private async Task AssertCompleteAsync(int lines)
    {
        var body = new RecordingWriter();
        var response = ResponseTo(body);
        var size = await Current.WriteAsync(ReportOf(lines), response, Cancellation);
        var expected = Rows(ReportOf(lines));

        Assert.True(expected.AsSpan().SequenceEqual(body.Flushed));
        Assert.Equal(expected.Length, size);
        Assert.True(response.ContentLength is null || response.ContentLength == size);
    }

    private void Send(Report report)
    {
        var response = ResponseTo(PipeWriter.Create(Stream.Null));
        // The response completes synchronously, so all allocations are on this thread.
        Assert.True(Current.WriteAsync(report, response, CancellationToken.None).IsCompletedSuccessfully);
    }

    private Report ReportOf(int lines) => new(Document, [.. Enumerable.Repeat(Line, lines)], _image);

    private static byte[] Rows(Report report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.NotEqual(0, report.WriteRows(buffer).Sum());
        return buffer.WrittenSpan.ToArray();
    }

    private static HttpResponse ResponseTo(PipeWriter body)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new BodyFeature(body));
        return context.Response;
    }

    private sealed class BodyFeature(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => Writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
            => SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    /// <summary>Keeps what is flushed, and the most that was written between two flushes.</summary>
    private sealed class RecordingWriter : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> _body = new();
        private int _flushed;

        public bool IsCompleted { get; init; }

        public int MostUnflushed { get; private set; }

        public ReadOnlySpan<byte> Flushed => _body.WrittenSpan[.._flushed];

        public override void Advance(int bytes)
        {
            _body.Advance(bytes);
            MostUnflushed = Math.Max(MostUnflushed, _body.WrittenCount - _flushed);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _body.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _body.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _flushed = _body.WrittenCount;
            return new(new FlushResult(isCanceled: false, IsCompleted));
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
