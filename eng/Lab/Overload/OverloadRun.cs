using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Overload;

/// <summary>Offers each variant of a case more than its service can do, one after the other, with the same limit of the heap.</summary>
internal sealed class OverloadRun(CaseStudy study, Backends backends, Neighbours neighbours, TimeSpan duration)
{
    /// <summary>The limit of the managed heap: 200 MiB, hexadecimal like each such variable of the runtime.</summary>
    public const string HeapLimit = "0xC800000";

    /// <summary>How many times what Fixed can do is offered.</summary>
    public const int Times = 10;

    // Three of Leaky's exports of so many orders need more than the heap may have: one takes 3.8 KB of it for each order.
    private const int Orders = 20_000;
    private const string Customer = "overload";
    private const int WarmUp = 5;
    private static readonly TimeSpan UnloadedDuration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CapacityDuration = TimeSpan.FromSeconds(15);

    /// <summary>Runs Fixed, whose capacity decides what is offered, and then Leaky.</summary>
    public async Task<IReadOnlyList<OverloadResult>> RunAsync(CancellationToken cancellationToken)
    {
        var @fixed = await RunAsync(CaseVariant.Fixed, null, cancellationToken);
        return [@fixed, await RunAsync(CaseVariant.Leaky, @fixed.Rate, cancellationToken)];
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler and disposes it.")]
    private async Task<OverloadResult> RunAsync(CaseVariant variant, double? rate, CancellationToken cancellationToken)
    {
        var plan = PlanOf(variant);
        await using var target = await ProofTarget.StartAsync(study, plan, capacity: 0, backends, neighbours, cancellationToken);
        await OrderRows.InsertAsync(target.Backends.Database, Customer, Orders, cancellationToken);
        var session = await Traffic.OpenSessionAsync(neighbours.Addresses["sessions"], Customer, cancellationToken);
        var address = new Uri(target.Address, "/orders/export");
        using var http = new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: true);
        var requests = new OfferedRequests(
            http, () => new(HttpMethod.Get, address) { Headers = { { "X-Session-Id", session } } }, TimeProvider.System);
        for (var count = 0; count < WarmUp; count++)
            await requests.SendAsync(cancellationToken);
        var unloaded = await requests.RepeatAsync(customers: 1, UnloadedDuration, cancellationToken);
        rate ??= Times * await MeasureCapacityAsync(requests, cancellationToken);
        Print($"{plan.Name}: {unloaded} unloaded; offering {rate:N1} a second for {duration.TotalSeconds:N0} s.");
        var answers = await requests.OfferAsync(rate.Value, duration, cancellationToken);
        var after = await requests.SendAsync(cancellationToken);
        return new(plan.Name, unloaded.P99, rate.Value, answers, after, target.ExitCode);
    }

    /// <summary>What a variant runs with.</summary>
    public static PlannedTarget PlanOf(CaseVariant variant)
        => new(variant.Name(), variant, new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit });

    // Twice as many customers as cores keep the service busy.
    private static async Task<double> MeasureCapacityAsync(OfferedRequests requests, CancellationToken cancellationToken)
    {
        var answers = await requests.RepeatAsync(2 * Environment.ProcessorCount, CapacityDuration, cancellationToken);
        return answers.Accepted > 0
            ? answers.Accepted / CapacityDuration.TotalSeconds
            : throw new LabException($"The service accepted no request: {answers}.");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
