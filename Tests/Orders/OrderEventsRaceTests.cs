using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Shop.Orders.Data;
using Shop.Orders.OrderEvents;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>Concurrent recording of events of one order.</summary>
public sealed class OrderEventsRaceTests : IDisposable
{
    private static readonly IConfiguration NoConfiguration = new ConfigurationBuilder().Build();
    private readonly MemoryCache _memory = new(new MemoryCacheOptions());

    public void Dispose() => _memory.Dispose();

    /// <summary>Two concurrent first events create two lists, and one replaces the other.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 1, true)]
    [InlineData(CaseVariant.Fixed, 20_000, false)]
    public void ConcurrentFirstEventsAreBothKept(CaseVariant variant, int attempts, bool loses)
    {
        using var cache = new RendezvousCache(_memory);
        Assert.Equal(loses, LosesEvents(Create(variant, cache), before: 0, perThread: 1, attempts));
    }

    /// <summary>
    /// A List loses elements that are added concurrently. Published adds so many per thread that the additions overlap on any machine; the
    /// ring of Fixed has room for only three per thread.
    /// </summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 20_000, 1_000, true)]
    [InlineData(CaseVariant.Fixed, 3, 20_000, false)]
    public void ConcurrentLaterEventsAreAllKept(CaseVariant variant, int perThread, int attempts, bool loses)
        => Assert.Equal(loses, LosesEvents(Create(variant, _memory), before: 2, perThread, attempts));

    /// <summary>With two concurrent writers, the ring keeps the latest events of each, without a gap.</summary>
    [Fact]
    public void ARingKeepsTheLatestEventsOfEachWriter()
    {
        const int count = 200_000;
        var ring = new OrderEventRing();
        var writers = new[] { OrderStatus.Settled, OrderStatus.Declined }.Select(status => Task.Run(() =>
        {
            for (var number = 0; number < count; number++)
                ring.Add(new OrderEventView(status, TestOrders.Noon.AddTicks(number), null));
        })).ToArray();
        var written = Task.WhenAll(writers);
        bool isLast;
        do
        {
            isLast = written.IsCompleted;
            foreach (var writer in ring.Read().GroupBy(e => e.Status, e => e.At.Ticks))
                Assert.Equal(Enumerable.Range(0, writer.Count()).Select(index => writer.First() + index), writer);
        }
        while (!isLast);
    }

    private static IOrderEvents Create(CaseVariant variant, IMemoryCache cache)
        => variant == CaseVariant.Published ? new PublishedOrderEvents(cache) : new FixedOrderEvents(NoConfiguration);

    /// <summary>Returns whether any order lost an event while two threads recorded concurrently.</summary>
    private static bool LosesEvents(IOrderEvents events, int before, int perThread, int attempts)
    {
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var order = TestOrders.Placed();
            Record(events, order, before);
            using var start = new Barrier(2);
            try
            {
                Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = 2 }, Run, Run);
            }
            catch (AggregateException)
            {
                // A List that two threads grow may also throw; the event is lost as well.
                return true;
            }
            if (!ReadsAll(events, order, before + 2 * perThread))
                return true;

            void Run()
            {
                start.SignalAndWait();
                Record(events, order, perThread);
            }
        }
        return false;
    }

    private static bool ReadsAll(IOrderEvents events, Order order, int expected)
    {
        try
        {
            return events.Read(TestOrders.Row(order)).Count >= expected;
        }
        catch (NullReferenceException)
        {
            // A List that grew while the other thread wrote to the old array has an empty slot in place of the lost event.
            return false;
        }
    }

    private static void Record(IOrderEvents events, Order order, int count)
    {
        for (var index = 0; index < count; index++)
            events.Record(order);
    }

    /// <summary>Blocks a thread that missed a key until a second one did, so that neither sees the other's entry.</summary>
    private sealed class RendezvousCache(IMemoryCache cache) : IMemoryCache
    {
        private readonly Barrier _rendezvous = new(2);

        public ICacheEntry CreateEntry(object key)
        {
            _rendezvous.SignalAndWait();
            return cache.CreateEntry(key);
        }

        public bool TryGetValue(object key, out object? value) => cache.TryGetValue(key, out value);

        public void Remove(object key) => cache.Remove(key);

        public void Dispose() => _rendezvous.Dispose();
    }
}
