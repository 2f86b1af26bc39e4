using System.Net.ServerSentEvents;
using System.Text.Json;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Live;

/// <summary>
/// Reads the samples of all instances. Which of a service's replicas answers is chosen by the proxy before them, so the feed connects again
/// and again, and keeps a connection whose instance it does not follow yet.
/// </summary>
internal sealed class LiveFeed(LabClient lab, LiveHistory history, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan SearchEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    // A service that sends nothing for so long hangs.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(history.Services.Select(service => FollowAsync(service, stoppingToken)));

    private async Task FollowAsync(ServiceHistory service, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var isFound = await TryConnectAsync(service, stop);
            await Task.Delay(isFound ? SearchEvery : RetryEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns whether an instance answered.
    private async Task<bool> TryConnectAsync(ServiceHistory service, CancellationToken stop)
    {
        try
        {
            var samples = ReadAsync(service.Service, stop).GetAsyncEnumerator(stop);
            if (await samples.MoveNextAsync() && service.Connect(samples.Current.Instance) is { } instance)
                _ = FollowAsync(service, instance, samples);
            else
                await samples.DisposeAsync();
            return true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            service.Missed(exception is LabException ? exception.Message : "it does not answer");
            return false;
        }
    }

    private static async Task FollowAsync(ServiceHistory service, InstanceHistory instance, IAsyncEnumerator<LiveSample> samples)
    {
        try
        {
            await using (samples)
            {
                do
                    instance.Add(samples.Current);
                while (await samples.MoveNextAsync());
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The instance has ended or hangs.
        }
        finally
        {
            service.Disconnect(instance);
            service.Missed("its connection has ended");
        }
    }

    private async IAsyncEnumerable<LiveSample> ReadAsync(
        string service, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        silence.CancelAfter(Silence);
        await using var stream = await lab.OpenAsync(service, "/lab/live", silence.Token);
        var events = SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize(data, LiveJson.Default.LiveSample)!);
        await foreach (var sample in events.EnumerateAsync(silence.Token))
        {
            yield return sample.Data;
            silence.CancelAfter(Silence);
        }
    }

    private static bool IsEnd(Exception exception)
        => exception is LabException or HttpRequestException or IOException or OperationCanceledException or JsonException;
}
