using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Lab.Page.Alerts;

/// <summary>Reads the alerts of Prometheus, which notifies nobody itself, and has services diagnosed for them.</summary>
internal sealed class AlertFeed(HttpClient prometheus, AlertBoard board, AlertDiagnoses diagnoses, TimeProvider time) : BackgroundService
{
    private const string Route = "/api/v1/alerts";
    // As often as Prometheus evaluates the rules.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override void Dispose()
    {
        prometheus.Dispose();
        base.Dispose();
    }

    /// <summary>Reads once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await prometheus.GetFromJsonAsync(Route, AlertJson.Default.AlertReply, cancellationToken)
                ?? throw new JsonException();
            var firing = reply.ReadFiring();
            board.Show(firing);
            diagnoses.Consider(firing);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            board.Miss(exception is JsonException ? "its reply cannot be read" : "it does not answer");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await ReadAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
