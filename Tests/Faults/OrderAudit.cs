using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>
/// Started before a wave of orders; afterwards verifies that each accepted order was completed exactly once, with consistent records in
/// every service.
/// </summary>
internal sealed class OrderAudit : IDisposable
{
    /// <summary>The time within which all orders must be completed after the recovery.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Services = ["orders", "payments", "documents", "gateway"];
    private readonly DistributedApplication _app;
    private readonly Dictionary<string, HttpClient> _clients;
    private readonly ChargeSummary _before;

    private OrderAudit(DistributedApplication app, Dictionary<string, HttpClient> clients, ChargeSummary before)
        => (_app, _clients, _before) = (app, clients, before);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts when no order of an earlier test is pending: its charge would be counted here.</summary>
    public static async Task<OrderAudit> StartAsync(DistributedApplication app)
    {
        await PendingOrders.CompletedAsync(app);
        var clients = Services.ToDictionary(service => service, service => app.CreateHttpClient(service));
        return new OrderAudit(app, clients, await ReadChargesAsync(clients["gateway"]));
    }

    /// <summary>The gateway's totals since the start of the audit.</summary>
    public async Task<ChargeSummary> ChargesAsync()
    {
        var now = await ReadChargesAsync(_clients["gateway"]);
        return new ChargeSummary(
            now.Charges - _before.Charges,
            now.Declined - _before.Declined,
            now.Attempts - _before.Attempts,
            now.DuplicatesRefused - _before.DuplicatesRefused);
    }

    /// <summary>Waits until all orders are completed, at most until the limit after the recovery, and compares their records.</summary>
    /// <returns>The gateway's totals since the start of the audit.</returns>
    public async Task<ChargeSummary> VerifyAsync(long recovered, params OrderWave[] waves)
    {
        await Task.WhenAll(waves.Select(wave => wave.AllAcceptedAsync(TimeLeft(recovered))));
        var accepted = waves.SelectMany(wave => wave.Accepted).ToList();
        await WaitForOutcomesAsync(accepted, recovered);
        var took = Stopwatch.GetElapsedTime(recovered);
        var (completed, records) = (Stopwatch.GetTimestamp(), new ConcurrentBag<OrderRecords>());
        await ForEachAsync(accepted, async order => records.Add(await ReadConsistentAsync(order.Key, order.Value, completed)));
        var charges = await ChargesAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{waves[0].Name}: {Describe(waves.SelectMany(wave => wave.Attempts))}; {accepted.Count} accepted, "
            + $"{records.Count(record => record == OrderRecords.Settled)} settled, "
            + $"{records.Count(record => record == OrderRecords.Declined)} declined, {charges}; "
            + $"all completed {took.TotalSeconds:0.0} s after the recovery");
        Assert.Empty(records.Except([OrderRecords.Settled, OrderRecords.Declined]));
        Assert.Equal(waves.Sum(wave => wave.Count), accepted.Count);
        Assert.Equal(accepted.Count, charges.Charges);
        Assert.Empty(await ErrorQueues.NonEmptyAsync(_app));
        return charges;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private async Task WaitForOutcomesAsync(IEnumerable<KeyValuePair<Guid, Shopper>> accepted, long recovered)
    {
        var pending = new ConcurrentDictionary<Guid, Shopper>(accepted);
        var (left, succeeded) = await Eventually.TryReadAsync(async () =>
        {
            await ForEachAsync(pending, async order =>
            {
                if (await StatusAsync("orders", $"/orders/{order.Key}", order.Value) is not (null or "Pending"))
                    pending.TryRemove(order);
            });
            return pending.Count;
        }, count => count == 0, TimeLeft(recovered));
        if (!succeeded)
        {
            Assert.Fail(
                $"{left} orders are pending {Limit} after the recovery. {await ServiceQueues.DescribeAsync(_app)}. "
                + await _app.DescribeAsync());
        }
    }

    // Only the invoice is created after the order's completion.
    private async Task<OrderRecords> ReadConsistentAsync(Guid orderId, Shopper shopper, long completed)
    {
        while (true)
        {
            var records = await ReadAsync(orderId, shopper);
            if (records == OrderRecords.Settled || records == OrderRecords.Declined || Stopwatch.GetElapsedTime(completed) > Limit)
                return records;
            await Task.Delay(Pause, Cancellation);
        }
    }

    private async Task<OrderRecords> ReadAsync(Guid orderId, Shopper shopper) => new(
        await StatusAsync("orders", $"/orders/{orderId}", shopper) ?? "none",
        await StatusAsync("gateway", $"/charges/{orderId}", shopper),
        await StatusAsync("payments", $"/payments/{orderId}", shopper),
        await CountAsync("orders", "/orders", shopper),
        await CountAsync("documents", $"/documents?orderId={orderId}", shopper));

    private async Task<string?> StatusAsync(string service, string route, Shopper shopper)
        => await GetAsync(service, route, shopper) is { } response ? response.GetProperty("status").GetString() : null;

    private async Task<int> CountAsync(string service, string route, Shopper shopper)
        => await GetAsync(service, route, shopper) is { } response ? TestCustomer.Items(response).Count() : 0;

    private async Task<JsonElement?> GetAsync(string service, string route, Shopper shopper)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.Add("X-Session-Id", shopper.SessionId);
        using var response = await _clients[service].SendAsync(request, Cancellation);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation) : null;
    }

    private static Task ForEachAsync(IEnumerable<KeyValuePair<Guid, Shopper>> orders, Func<KeyValuePair<Guid, Shopper>, Task> action)
        => Parallel.ForEachAsync(
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            async (order, _) => await action(order));

    private static async Task<ChargeSummary> ReadChargesAsync(HttpClient gateway)
        => await gateway.GetFromJsonAsync<ChargeSummary>("/charges/summary", Cancellation)
            ?? throw new InvalidOperationException("The gateway returned no summary of its charges.");

    private static TimeSpan TimeLeft(long recovered)
        => Limit - Stopwatch.GetElapsedTime(recovered) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static string Describe(IEnumerable<Attempt> attempts)
        => string.Join(", ", attempts
            .CountBy(attempt => attempt.Status is { } status ? $"{(int)status} {attempt.Problem}" : "no response")
            .Select(group => $"{group.Value} × {group.Key}"));
}
