using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Customers log in, fill a cart and never come back; without the case: a logged-in customer reads the cart.</summary>
[Feeding(Capacity = 50, Window = 200)]
internal sealed class SessionStoreFeed(ProofTarget target) : ICaseFeed
{
    private const int MaxBatch = 20;
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // In batches: while one request was delayed, the logins of the others evicted its session from the 50 of Published.
    public async Task OperateAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var batch in Enumerable.Range(0, count).Chunk(MaxBatch))
        {
            var sessions = new ConcurrentBag<string>();
            await Traffic.RepeatAsync(batch.Length, async token => sessions.Add(await LogInAsync(token)), cancellationToken);
            await Traffic.ForEachAsync(sessions, FillCartAsync, cancellationToken);
        }
    }

    // One log-in for all: a session that was opened earlier may have made room for others.
    public async Task ControlAsync(int count, CancellationToken cancellationToken)
    {
        var session = await LogInAsync(cancellationToken);
        await _traffic.RepeatAsync(count, () => Own(HttpMethod.Get, session, "", null), cancellationToken);
    }

    public void Dispose() => _traffic.Dispose();

    private Task FillCartAsync(string session, CancellationToken cancellationToken)
        => _traffic.SendAsync(
            () => Own(HttpMethod.Put, session, "/cart/items/SKU-0001", JsonContent.Create(new { quantity = 1 })), cancellationToken);

    private async Task<string> LogInAsync(CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await _traffic.SendAsync(
            () => new(HttpMethod.Post, "/sessions") { Content = JsonContent.Create(new { customerId = "proof" }) }, cancellationToken));
        return answer.RootElement.GetProperty("sessionId").GetString()!;
    }

    private static HttpRequestMessage Own(HttpMethod method, string session, string path, HttpContent? body)
        => new(method, $"/session{path}") { Content = body, Headers = { { "X-Session-Id", session } } };
}
