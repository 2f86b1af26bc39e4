using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents.DocumentEvents;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>Full collections make a leak visible, but would hide the collections that an Allocated case triggers.</summary>
public sealed class FullCollectionTests
{
    [Theory]
    [InlineData("DocumentEvents", CaseVariant.Leaky, true)]
    [InlineData("DocumentEvents", CaseVariant.Published, true)]
    [InlineData("DocumentEvents", CaseVariant.Fixed, false)]
    [InlineData("PaymentPayload", CaseVariant.Leaky, false)]
    public void OnlyARetainedCaseThatIsNotFixedNeedsThem(string id, CaseVariant variant, bool areNeeded)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>().Add<PaymentPayloadCase>();
        using var services = builder.Services.BuildServiceProvider();
        var cases = services.GetServices<ICaseSwitch>().ToList();
        cases.Single(@case => @case.Study.Id == id).Select(variant);

        Assert.Equal(areNeeded, FullCollections.AreNeeded(cases));
    }

    [Fact]
    public void AResetCollectsTheReleasedMemoryWithoutThem()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>();
        using var services = builder.Services.BuildServiceProvider();
        var garbage = Allocate();
        var collections = GC.CollectionCount(GC.MaxGeneration);

        services.GetRequiredService<ICaseSwitch>().Reset();

        Assert.True(GC.CollectionCount(GC.MaxGeneration) > collections);
        Assert.False(garbage.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Allocate() => new(new object());
}
