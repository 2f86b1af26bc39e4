using System.Collections.Concurrent;

namespace Foreign.Leaks;

public class WebhookInbox : IHostedService
{
    private readonly BlockingCollection<string> payloads = new();

    public void Accept(string payload) => payloads.Add(payload);

    public Task StartAsync(CancellationToken token)
    {
        new Thread(() => { foreach (var payload in payloads.GetConsumingEnumerable()) Console.WriteLine(payload); }).Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken token) => Task.CompletedTask;
}
