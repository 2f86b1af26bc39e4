using Microsoft.Extensions.Caching.Memory;
using Shop.Payments.CustomerLookup;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Payments;

/// <summary>The article's fix: customers in the service's shared memory cache.</summary>
internal sealed class PublishedCustomerLookup(IMemoryCache cache) : ICustomerLookup, ICaseState
{
    public long HeldItems => ((MemoryCache)cache).Count;

    public void Reset() => ((MemoryCache)cache).Clear();

    /// <param name="options">The options.</param>
    /// <param name="heapBytes">
    /// In the article <c>GC.GetTotalMemory(false)</c>. That was negative in some runs of these tests, and MemoryCache refuses such a limit.
    /// </param>
    public static void Configure(MemoryCacheOptions options, long heapBytes)
        // DEFECT: a tenth of the heap's bytes, but an entry weighs 1: the limit is as many customers as the tenth has bytes.
        => options.SizeLimit = (int)(heapBytes * 0.1);

    public async ValueTask<GatewayCustomer> FindAsync(
        string customerId, Func<string, CancellationToken, ValueTask<GatewayCustomer>> load, CancellationToken cancellationToken)
    {
        var key = $"customer:{customerId}";
        // DEFECT: all callers that find nothing load: the requests for a new customer are as many as its concurrent charges.
        if (cache.TryGetValue(key, out GatewayCustomer? known))
            return known!;
        var customer = await load(customerId, cancellationToken);
        cache.Set(key, customer, new MemoryCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5),
            SlidingExpiration = TimeSpan.FromMinutes(1),
            // DEFECT: the limit applies to the whole shared cache: a caller who sets no Size, as here, gets an exception.
            Size = 1,
            Priority = CacheItemPriority.Normal,
        });
        return customer;
    }
}
