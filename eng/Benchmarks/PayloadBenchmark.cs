using BenchmarkDotNet.Attributes;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Messages;

namespace Shop.Benchmarks;

/// <summary>
/// The body of a charge, created and written. Of 520 lines it has about 88 KB, the size in the article.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 4, iterationCount: 12)]
[HideColumns("Error", "StdDev", "Median")]
public class PayloadBenchmark
{
    private const string Name = "with a name as long as a shop's names are, so that the order fills its body";
    private static readonly LeakyPaymentPayload Leaky = new();
    private static readonly FixedPaymentPayload Fixed = new();
    private ChargeRequest _charge = null!;

    /// <summary>The lines of the order.</summary>
    [Params(1, 20, 520)]
    public int Lines { get; set; }

    /// <summary>Creates the charge.</summary>
    [GlobalSetup]
    public void Setup()
    {
        OrderLine[] lines =
            [.. Enumerable.Range(1, Lines).Select(line => new OrderLine($"SKU-{line:D4}", $"Product {line:D4} {Name}", 1, 9.99m))];
        _charge = ChargeRequest.Of(new OrderPlaced(
            Guid.CreateVersion7(), "ada", lines.Sum(line => line.Amount), lines, DateTimeOffset.UtcNow, Guid.Empty, 0));
    }

    /// <summary>A string, then an array.</summary>
    [Benchmark(Baseline = true)]
    public Task StringContent() => WriteAsync(Leaky);

    /// <summary>Serialized while it is written.</summary>
    [Benchmark]
    public Task JsonContent() => WriteAsync(Fixed);

    private async Task WriteAsync(IPaymentPayload payload)
    {
        using var body = payload.Create(_charge);
        await body.CopyToAsync(Stream.Null);
    }
}
