using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Exporter;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Creates the HTTP clients of the OTLP exporters. While the service runs, an export may take its whole timeout, 10 s by default,
/// because a busy collector needs it. Once the service has stopped, each export ends after <see cref="AfterStop"/>: logs, metrics
/// and traces are flushed one after another, and a collector that does not respond would delay the exit until the service is killed.
/// </summary>
internal sealed class ExportClients : IHostedService, IDisposable
{
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopped = new();

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler and disposes it.")]
    public HttpClient Create(OtlpExporterOptions options)
        => new(new LimitedHandler(_stopped.Token)) { Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds) };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _stopped.CancelAsync();

    public void Dispose() => _stopped.Dispose();

    private sealed class LimitedHandler(CancellationToken stopped) : HttpClientHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var stopping = stopped.Register(() => limit.CancelAfter(AfterStop));
            return await base.SendAsync(request, limit.Token);
        }

        // OTLP over HTTP is sent synchronously, over gRPC asynchronously.
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var stopping = stopped.Register(() => limit.CancelAfter(AfterStop));
            return base.Send(request, limit.Token);
        }
    }
}
