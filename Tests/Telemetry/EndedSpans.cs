using System.Diagnostics;
using System.Threading.Channels;
using OpenTelemetry;

namespace Shop.Tests.Telemetry;

/// <summary>Keeps the spans that have ended, as an exporter gets them. Those of other tests' servers in this process are among them.</summary>
internal sealed class EndedSpans : BaseProcessor<Activity>
{
    private readonly Channel<Activity> _spans = Channel.CreateUnbounded<Activity>();

    public override void OnEnd(Activity data) => _spans.Writer.TryWrite(data);

    /// <summary>The next server spans of a trace; those of the clients come with them.</summary>
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
