using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>What all who keep a book of an order have written down of it.</summary>
/// <param name="Order">The order's status.</param>
/// <param name="Charge">The charge in the gateway's own ledger.</param>
/// <param name="Payment">The payment's status.</param>
/// <param name="Orders">How many orders the customer has.</param>
/// <param name="Invoices">How many invoices the order has.</param>
internal sealed record Entry(string Order, string? Charge, string? Payment, int Orders, int Invoices)
{
    public static readonly Entry Settled = new("Settled", "Approved", "Settled", 1, 1);
    public static readonly Entry Declined = new("Declined", "Declined", "Declined", 1, 0);
}

/// <summary>The gateway's totals.</summary>
internal sealed record Ledger(long Charges, long Declined, long Attempts, long DuplicatesRefused);

/// <summary>Opened before a wave of orders: afterwards each that was accepted must have ended, once, in everybody's books.</summary>
internal sealed class Books : IDisposable
{
    /// <summary>How soon after the fault is healed everything must have ended.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Services = ["orders", "payments", "documents", "gateway"];
    private readonly ShopFixture _shop;
    private readonly Dictionary<string, HttpClient> _clients;
    private readonly Ledger _before;

    private Books(ShopFixture shop, Dictionary<string, HttpClient> clients, Ledger before) => (_shop, _clients, _before) = (shop, clients, before);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Books> OpenAsync(ShopFixture shop)
    {
        var clients = Services.ToDictionary(service => service, service => shop.App.CreateHttpClient(service));
        return new Books(shop, clients, await ReadLedgerAsync(clients["gateway"]));
    }

    /// <summary>What the gateway has booked since.</summary>
    public async Task<Ledger> LedgerAsync()
    {
        var now = await ReadLedgerAsync(_clients["gateway"]);
        return new Ledger(now.Charges - _before.Charges, now.Declined - _before.Declined, now.Attempts - _before.Attempts, now.DuplicatesRefused - _before.DuplicatesRefused);
    }

    /// <summary>Waits until all that was placed has ended, at most until the limit after healing, and compares the books.</summary>
    /// <returns>What the gateway has booked.</returns>
    public async Task<Ledger> CloseAsync(long healed, params OrderWave[] waves)
    {
        await Task.WhenAll(waves.Select(wave => wave.AllAcceptedAsync(Left(healed))));
        var accepted = waves.SelectMany(wave => wave.Accepted).ToList();
        await WaitForEndAsync(accepted, healed);
        var took = Stopwatch.GetElapsedTime(healed);
        var (ended, entries) = (Stopwatch.GetTimestamp(), new ConcurrentBag<Entry>());
        await ForEachAsync(accepted, async order => entries.Add(await ReadCompleteAsync(order.Key, order.Value, ended)));
        var ledger = await LedgerAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{waves[0].Name}: {Describe(waves.SelectMany(wave => wave.Attempts))}; {accepted.Count} accepted, "
            + $"{entries.Count(entry => entry == Entry.Settled)} settled, {entries.Count(entry => entry == Entry.Declined)} declined, {ledger}; all ended {took.TotalSeconds:0.0} s after healing");
        Assert.Empty(entries.Except([Entry.Settled, Entry.Declined]));
        Assert.Equal(waves.Sum(wave => wave.Count), accepted.Count);
        Assert.Equal(accepted.Count, ledger.Charges);
        Assert.Empty(await ErrorQueues.FilledAsync(_shop.App));
        return ledger;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private async Task WaitForEndAsync(IEnumerable<KeyValuePair<Guid, Shopper>> accepted, long healed)
    {
        var pending = new ConcurrentDictionary<Guid, Shopper>(accepted);
        await Eventually.ReadAsync(async () =>
        {
            await ForEachAsync(pending, async order =>
            {
                if (await StatusAsync("orders", $"/orders/{order.Key}", order.Value) is not (null or "Pending"))
                    pending.TryRemove(order);
            });
            return pending.Count;
        }, left => left == 0, $"all orders to end within {Limit} of the healing, of which some are left", Left(healed));
    }

    // Only invoices come after the order's end.
    private async Task<Entry> ReadCompleteAsync(Guid orderId, Shopper shopper, long ended)
    {
        while (true)
        {
            var entry = await ReadAsync(orderId, shopper);
            if (entry == Entry.Settled || entry == Entry.Declined || Stopwatch.GetElapsedTime(ended) > Limit)
                return entry;
            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<Entry> ReadAsync(Guid orderId, Shopper shopper) => new(
        await StatusAsync("orders", $"/orders/{orderId}", shopper) ?? "none",
        await StatusAsync("gateway", $"/charges/{orderId}", shopper),
        await StatusAsync("payments", $"/payments/{orderId}", shopper),
        await CountAsync("orders", "/orders", shopper),
        await CountAsync("documents", $"/documents?orderId={orderId}", shopper));

    private async Task<string?> StatusAsync(string service, string route, Shopper shopper)
        => await GetAsync(service, route, shopper) is { } answer ? answer.GetProperty("status").GetString() : null;

    private async Task<int> CountAsync(string service, string route, Shopper shopper)
        => await GetAsync(service, route, shopper) is { } answer ? TestCustomer.Items(answer).Count() : 0;

    private async Task<JsonElement?> GetAsync(string service, string route, Shopper shopper)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.Add("X-Session-Id", shopper.SessionId);
        using var response = await _clients[service].SendAsync(request, Cancellation);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation) : null;
    }

    private static Task ForEachAsync(IEnumerable<KeyValuePair<Guid, Shopper>> orders, Func<KeyValuePair<Guid, Shopper>, Task> action)
        => Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (order, _) => await action(order));

    private static async Task<Ledger> ReadLedgerAsync(HttpClient gateway)
        => await gateway.GetFromJsonAsync<Ledger>("/charges/summary", Cancellation) ?? throw new InvalidOperationException("The gateway has no ledger.");

    private static TimeSpan Left(long healed)
        => Limit - Stopwatch.GetElapsedTime(healed) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static string Describe(IEnumerable<Attempt> attempts)
        => string.Join(", ", attempts.CountBy(attempt => attempt.Status is { } status ? $"{(int)status} {attempt.Problem}" : "no answer").Select(group => $"{group.Value} × {group.Key}"));
}
