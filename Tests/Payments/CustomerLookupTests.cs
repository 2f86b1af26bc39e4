using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Payments.CustomerLookup;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>What the variants load and when, which of them retain customers, and the defects of Published.</summary>
public sealed class CustomerLookupTests : RetainedContract
{
    private const int Capacity = 50;
    private const int Callers = 100;
    private const long HeapBytes = 20_000_000;
    private readonly FakeTimeProvider _time = new();
    private int _loads;

    private protected override ICustomerLookup Current => Services.GetRequiredService<CaseSwitch<ICustomerLookup>>().Current;

    private protected override long Bound => Capacity;

    [Theory, Variants]
    public async Task AFailedLoadIsNotCached(CaseVariant variant)
    {
        Switch.Select(variant);
        await Assert.ThrowsAsync<HttpRequestException>(
            async () => await Current.FindAsync("ada", (_, _) => throw new HttpRequestException("no answer"), Cancellation));

        Assert.Equal(0, Switch.HeldItems);
        Assert.Equal("ada", (await FindAsync("ada")).CustomerId);
    }

    [Theory]
    // A minute after the last charge; five minutes after the load, however often the customer is charged.
    [InlineData(new[] { 59 }, 1)]
    [InlineData(new[] { 61 }, 2)]
    [InlineData(new[] { 59, 59, 59, 59, 59 }, 1)]
    [InlineData(new[] { 59, 59, 59, 59, 59, 59 }, 2)]
    public async Task FixedSeesAChangeAfterTheExpiry(int[] secondsBetweenCharges, int loads)
    {
        var first = await FindAsync("ada");
        var last = first;
        foreach (var seconds in secondsBetweenCharges)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            last = await FindAsync("ada");
        }

        Assert.Equal(loads, _loads);
        Assert.Equal(loads == 1, first.Reference == last.Reference);
    }

    [Fact]
    public async Task LeakyNeverSeesAChange()
    {
        Switch.Select(CaseVariant.Leaky);
        var first = await FindAsync("ada");
        _time.Advance(TimeSpan.FromDays(30));

        Assert.Same(first, await FindAsync("ada"));
    }

    /// <summary>Each concurrent caller that finds nothing loads.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, Callers)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task ConcurrentChargesOfACustomerMakeOneRequest(CaseVariant variant, int loads)
    {
        Switch.Select(variant);
        var answer = new TaskCompletionSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Current.FindAsync("ada", async (id, token) =>
        {
            Interlocked.Increment(ref _loads);
            await answer.Task.WaitAsync(token);
            return Customer(id);
        }, Cancellation).AsTask()).ToArray();
        answer.SetResult();
        await Task.WhenAll(callers);

        Assert.Equal(loads, _loads);
    }

    /// <summary>The limit is in bytes, the entries are counted.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ManyCustomersStayWithinTheBound(CaseVariant variant, bool isBounded)
    {
        const int customers = 100_000;
        Switch.Select(variant);
        for (var index = 0; index < customers; index++)
            await FindAsync($"{index}");

        Assert.Equal(isBounded, Switch.HeldItems <= Capacity);
        Assert.Equal(!isBounded, Switch.HeldItems == customers);
    }

    /// <summary>The limit applies to every user of the shared cache.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void AnotherUserOfTheSharedCacheNeedsNoSize(CaseVariant variant, bool throws)
    {
        Switch.Select(variant);
        // With Fixed the shared cache is that of the framework's defaults.
        using var others = variant == CaseVariant.Fixed ? new MemoryCache(new MemoryCacheOptions()) : null;
        var shared = others ?? Services.GetRequiredService<IMemoryCache>();

        Assert.Equal(throws, Record.Exception(() => shared.Set("theirs", 1)) is InvalidOperationException);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        builder.Services.AddMetrics().AddSingleton<CacheMetrics>().AddSingleton<TimeProvider>(_time);
        cases.Add<CustomerLookupCase>();
        builder.Services.AddMemoryCache(options => PublishedCustomerLookup.Configure(options, HeapBytes));
        builder.Services.AddKeyedSingleton<ICustomerLookup, PublishedCustomerLookup>(CaseVariant.Published);
    }

    /// <summary>A customer is loaded once and then remembered.</summary>
    private protected override async Task BehaveAsync()
    {
        var id = Guid.NewGuid().ToString();
        var loads = _loads;
        var first = await FindAsync(id);

        Assert.Equal(id, first.CustomerId);
        Assert.Same(first, await FindAsync(id));
        Assert.Equal(loads + 1, _loads);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync() => new(await FindAsync(Guid.NewGuid().ToString()));

    /// <summary>Many newer customers.</summary>
    private protected override async Task AgeAsync()
    {
        for (var index = 0; index < 10 * Capacity; index++)
            await FindAsync(Guid.NewGuid().ToString());
    }

    private ValueTask<GatewayCustomer> FindAsync(string customerId) => Current.FindAsync(customerId, LoadAsync, Cancellation);

    private ValueTask<GatewayCustomer> LoadAsync(string customerId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return ValueTask.FromResult(Customer(customerId));
    }

    // Its reference changes with each load.
    private GatewayCustomer Customer(string customerId) => new(customerId, $"cus_{_loads}", "Ada", "ada@example.com", []);
}
