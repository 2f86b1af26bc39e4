using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

public sealed partial class OrderDispatchTests
{
    /// <summary>The last order, which is placed after the restart, proves that the others are not only late.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, Capacity)]
    public async Task WhatWaitsIsPublishedAfterARestart(CaseVariant variant, int published)
    {
        _broker.Close();
        var service = await StartAsync(variant);
        for (var order = 1; order < Capacity; order++)
            await PlaceAsync(service);
        await service.StopAsync(Cancellation);
        _broker.Open();
        await PublishedAsync(await PlaceAsync(await StartAsync(variant)));

        Assert.Equal(published, _broker.Published.Count);
    }

    /// <summary>Fixed counts what waits at most once a second, so it accepts a few more.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AnOrderIsRefusedWhenTooManyWait(CaseVariant variant, bool isRefused)
    {
        _broker.Close();
        var service = await StartAsync(variant);
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var last = await PlaceUntilNotAcceptedAsync(service, hangUp.Token);
        await hangUp.CancelAsync();
        _broker.Open();

        // A parked request succeeds although its client has hung up.
        Assert.Equal(isRefused, await Record.ExceptionAsync(() => last) is UnavailableException { RetryAfterSeconds: > 0 });
    }

    /// <summary>The second message proves that the first is not only late.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AMessageThatTheBrokerRefusedIsPublishedAgain(CaseVariant variant, bool isPublished)
    {
        var service = await StartAsync(variant);
        _broker.RefuseNext();
        var refused = await PlaceAsync(service);
        await Eventually.ReadAsync(() => Task.FromResult(_broker.HasRefused), value => value, "the message to be refused");
        await PublishedAsync(await PlaceAsync(service));

        if (isPublished)
            await PublishedAsync(refused);
        else
            Assert.DoesNotContain(refused, _broker.Published);
    }

    /// <summary>Places orders until one is refused, or is stored and does not return; returns that call.</summary>
    private async Task<Task> PlaceUntilNotAcceptedAsync(IHost service, CancellationToken cancellationToken)
    {
        while (true)
        {
            var order = NewOrder();
            var placing = PlaceAsync(service, order, cancellationToken);
            await Eventually.ReadAsync(
                async () => placing.IsCompleted || await IsParkedAsync(order.Id, HeldBy(service)),
                ended => ended, "the order to be stored");
            if (!placing.IsCompletedSuccessfully)
                return placing;
        }
    }

    private async Task<bool> IsParkedAsync(Guid order, long held)
    {
        await using var db = _database.CreateContext();
        return held == Capacity && await db.Orders.AnyAsync(row => row.Id == order, Cancellation);
    }
}
