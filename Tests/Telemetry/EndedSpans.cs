using System.Diagnostics;
using System.Threading.Channels;
using OpenTelemetry;

namespace Shop.Tests.Telemetry;

/// <summary>Collects ended spans as an exporter does, including those of other tests' servers in this process.</summary>
internal sealed class EndedSpans : BaseProcessor<Activity>
{
    private readonly Channel<Activity> _spans = Channel.CreateUnbounded<Activity>();

    public override void OnEnd(Activity data) => _spans.Writer.TryWrite(data);

    /// <summary>Reads the spans of a trace, client spans included, up to the given number of server spans.</summary>
    public async Task<IReadOnlyList<Activity>> ReadAsync(ActivityTraceId trace, int servers)
    {
        var read = new List<Activity>();
        while (read.Count(span => span.Kind == ActivityKind.Server) < servers)
        {
            var span = await _spans.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (span.TraceId == trace)
                read.Add(span);
        }
        return read;
    }
}
