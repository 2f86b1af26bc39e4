using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Payments.Data;
using Shop.Payments.PaymentHistory;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>The share of declined charges, and which variant retains the messages.</summary>
public sealed class PaymentHistoryTests : RetainedContract
{
    private const int Capacity = 50;

    private protected override IPaymentHistory Current => Services.GetRequiredService<CaseSwitch<IPaymentHistory>>().Current;

    private protected override long Bound => Capacity;

    [Theory, Variants]
    public void BeforeTheFirstChargeThereIsNoShare(CaseVariant variant)
    {
        Switch.Select(variant);
        Assert.Null(Current.DeclinedShare);
        Current.Add(Placed(), PaymentStatus.Declined);

        Assert.Equal(1, Current.DeclinedShare);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        cases.Add<PaymentHistoryCase>();
    }

    /// <summary>Only the latest charges count, in whatever order they were declined.</summary>
    private protected override Task BehaveAsync()
    {
        AddMany(Capacity, PaymentStatus.Settled);
        Assert.Equal(0, Current.DeclinedShare);
        AddMany(Capacity / 2, PaymentStatus.Declined);
        Assert.Equal(0.5, Current.DeclinedShare);
        AddMany(Capacity / 5, PaymentStatus.Settled);
        Assert.Equal(0.5, Current.DeclinedShare);
        AddMany(Capacity / 2, PaymentStatus.Settled);
        Assert.Equal(0.3, Current.DeclinedShare);
        return Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override Task<WeakReference> OperateAsync()
    {
        var order = Placed();
        Current.Add(order, PaymentStatus.Settled);
        return Task.FromResult(new WeakReference(order));
    }

    private void AddMany(int count, PaymentStatus status)
    {
        for (var index = 0; index < count; index++)
            Current.Add(Placed(), status);
    }

    private static OrderPlaced Placed()
        => new(Guid.CreateVersion7(), "ada", 9.99m, [new OrderLine("SKU-0001", "Product", 1, 9.99m)], DateTimeOffset.UtcNow, Guid.Empty, 0);
}
