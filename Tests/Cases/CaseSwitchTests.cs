using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents.DocumentEvents;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

public sealed class CaseSwitchTests
{
    private const int FuseItems = 3;

    [Fact]
    public void FixedIsTheInitialVariant()
    {
        using var services = Services();
        Assert.IsType<FixedDocumentEvents>(Switch(services).Current);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, typeof(LeakyDocumentEvents))]
    [InlineData(CaseVariant.Published, typeof(PublishedDocumentEvents))]
    [InlineData(CaseVariant.Fixed, typeof(FixedDocumentEvents))]
    public void TheSelectedVariantIsTheCurrentOne(CaseVariant variant, Type implementation)
    {
        using var services = Services();
        Switch(services).Select(variant);

        Assert.IsType(implementation, Switch(services).Current);
        Assert.Equal(variant, Switch(services).Variant);
    }

    [Fact]
    public void ReadingTheCurrentVariantAllocatesNothing()
    {
        using var services = Services();
        var @switch = Switch(services);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 1_000; index++)
            _ = @switch.Current;

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void SwitchingBackRetainsTheLeakedItems()
    {
        using var services = Services();
        var @switch = Switch(services);
        @switch.Select(CaseVariant.Leaky);
        Leak(@switch, 2);
        @switch.Select(CaseVariant.Fixed);

        Assert.Equal(2, @switch.HeldItems);
        @switch.Reset();
        Assert.Equal(0, @switch.HeldItems);
    }

    [Fact]
    public void TheFuseTripsAboveItsLimitAndFixedTakesOver()
    {
        using var services = Services();
        var @switch = Switch(services);
        @switch.Select(CaseVariant.Leaky);
        Leak(@switch, FuseItems);
        Assert.False(@switch.TestFuse());
        Assert.Null(@switch.FuseProblem());
        Leak(@switch, 1);

        Assert.True(@switch.TestFuse());
        Assert.False(@switch.TestFuse());
        Assert.IsType<FixedDocumentEvents>(@switch.Current);
        Assert.Equal(CaseVariant.Leaky, @switch.Variant);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, Assert.IsType<ProblemHttpResult>(@switch.FuseProblem()).StatusCode);
    }

    [Fact]
    public void ResetRestoresTheFuseAndTheSelectedVariant()
    {
        using var services = Services();
        var @switch = Switch(services);
        @switch.Select(CaseVariant.Leaky);
        Leak(@switch, FuseItems + 1);
        @switch.TestFuse();
        @switch.Reset();

        Assert.False(@switch.IsTripped);
        Assert.IsType<LeakyDocumentEvents>(@switch.Current);
    }

    private static ServiceProvider Services()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection([new($"Cases:{DocumentEventsCase.Study.Id}:FuseItems", $"{FuseItems}")]);
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>();
        return builder.Services.BuildServiceProvider();
    }

    private static CaseSwitch<IDocumentEvents> Switch(IServiceProvider services)
        => services.GetRequiredService<CaseSwitch<IDocumentEvents>>();

    private static void Leak(CaseSwitch<IDocumentEvents> @switch, int requests)
    {
        for (var index = 0; index < requests; index++)
            Assert.True(@switch.Current.TraceAsync(new DefaultHttpContext(), _ => Task.CompletedTask).IsCompletedSuccessfully);
    }
}
