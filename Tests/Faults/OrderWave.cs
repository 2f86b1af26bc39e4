using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Shop.Tests.Faults;

/// <summary>
/// Customers who arrive at a fixed rate, regardless of responses, and place one order each. Like a real client, a customer who receives
/// no response or a 503 retries with the same key until the order is accepted.
/// </summary>
internal sealed class OrderWave
{
    public const int Size = 200;
    private const int Parallelism = 8;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(60);

    private readonly DistributedApplication _app;
    private readonly ConcurrentDictionary<Guid, Shopper> _accepted = new();
    private readonly ConcurrentQueue<Attempt> _attempts = new();
    private readonly IReadOnlyList<Shopper> _shoppers;
    private readonly Func<HttpContent> _body;
    private Task _placing = Task.CompletedTask;

    private OrderWave(DistributedApplication app, string name, IReadOnlyList<Shopper> shoppers, Func<HttpContent> body)
        => (_app, Name, _shoppers, _body) = (app, name, shoppers, body);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Name { get; }

    public int Count => _shoppers.Count;

    /// <summary>The orders that were accepted with 202, with their shoppers.</summary>
    public IReadOnlyDictionary<Guid, Shopper> Accepted => _accepted;

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>Logs the customers in and fills their carts.</summary>
    public static async Task<OrderWave> PrepareAsync(
        DistributedApplication app, string name, int size = Size, Func<HttpContent>? body = null)
    {
        using var sessions = app.CreateHttpClient("sessions");
        var shoppers = new ConcurrentBag<Shopper>();
        await Parallel.ForAsync(
            0, size, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = Cancellation },
            async (index, token) => shoppers.Add(await LogInAsync(sessions, $"{name}-{index}", token)));
        return new OrderWave(app, name, [.. shoppers], body ?? (() => JsonContent.Create(new { })));
    }

    /// <summary>Starts to place the orders at the given interval.</summary>
    public void Start(TimeSpan interval) => _placing = PlaceAsync(interval);

    /// <summary>Waits until the given number of orders are accepted.</summary>
    public Task ReachAsync(int orders)
        => Eventually.ReadAsync(() => Task.FromResult(_accepted.Count), accepted => accepted >= orders, $"{orders} accepted orders");

    /// <summary>Waits until all orders are accepted.</summary>
    public Task AllAcceptedAsync(TimeSpan? timeout = null) => _placing.WaitAsync(timeout ?? Eventually.Timeout, Cancellation);

    private async Task PlaceAsync(TimeSpan interval)
    {
        using var orders = _app.CreateHttpClient("orders");
        orders.Timeout = AttemptTimeout;
        using var arrivals = new PeriodicTimer(interval);
        var placing = new List<Task>();
        foreach (var shopper in _shoppers)
        {
            placing.Add(PlaceAsync(orders, shopper));
            await arrivals.WaitForNextTickAsync(Cancellation);
        }
        await Task.WhenAll(placing);
    }

    private static async Task<Shopper> LogInAsync(HttpClient sessions, string customerId, CancellationToken cancellationToken)
    {
        using var login = await sessions.PostAsJsonAsync("/sessions", new { customerId }, cancellationToken);
        var session = await login.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var sessionId = session.GetProperty("sessionId").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Put, "/session/cart/items/SKU-0007");
        request.Content = JsonContent.Create(new { quantity = 2 });
        request.Headers.Add("X-Session-Id", sessionId);
        using var cart = await sessions.SendAsync(request, cancellationToken);
        cart.EnsureSuccessStatusCode();
        return new Shopper(sessionId, Guid.NewGuid().ToString("N"));
    }

    private async Task PlaceAsync(HttpClient orders, Shopper shopper)
    {
        while (!await TryPlaceAsync(orders, shopper))
            await Task.Delay(RetryPause, Cancellation);
    }

    private async Task<bool> TryPlaceAsync(HttpClient orders, Shopper shopper)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = _body() };
        request.Headers.Add("X-Session-Id", shopper.SessionId);
        request.Headers.Add("Idempotency-Key", shopper.Key);
        try
        {
            using var response = await orders.SendAsync(request, Cancellation);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                var title = body.GetProperty("title").GetString();
                _attempts.Enqueue(new Attempt(response.StatusCode, response.Headers.RetryAfter is not null, title));
                return false;
            }
            _attempts.Enqueue(Attempt.Accepted);
            _accepted[body.GetProperty("orderId").GetGuid()] = shopper;
            return true;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or TaskCanceledException or JsonException && !Cancellation.IsCancellationRequested)
        {
            _attempts.Enqueue(new Attempt(null, Problem: exception.GetBaseException().Message));
            return false;
        }
    }
}
