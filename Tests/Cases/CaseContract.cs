using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>
/// The tests that are the same for every case. The tests of a case, <c>{Id}Tests</c>, derive from the contract of its kind. Each test has a
/// container of its own, with the case as its service registers it.
/// </summary>
public abstract class CaseContract : IAsyncLifetime
{
    /// <summary>The items above which the case's fuse trips, in these tests.</summary>
    private protected const int Fuse = 5;

    private readonly List<IAsyncDisposable> _owned = [];
    // Concurrent operations that each built one would use different caches and gauges.
    private readonly Lazy<ServiceProvider> _services;
    private bool _ended;

    private protected CaseContract() => _services = new(Build);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected CaseStudy Study => TestedCase.Of(GetType());

    private protected IServiceProvider Services => _services.Value;

    private protected ICaseSwitch Switch => Services.GetRequiredService<ICaseSwitch>();

    /// <summary>The current variant: <see cref="CaseSwitch{T}.Current"/>, with the type of the case's interface.</summary>
    private protected abstract object Current { get; }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Theory, Variants]
    public void TheSwitchSelectsTheVariant(CaseVariant variant)
    {
        Switch.Select(variant);

        Assert.Equal($"{variant}{Study.Id}", Current.GetType().Name);
        Assert.Equal(variant, Switch.Variant);
    }

    [Theory, Variants]
    public async Task EachVariantBehavesAlike(CaseVariant variant)
    {
        Switch.Select(variant);
        await BehaveAsync();
    }

    // Leaky's collections are static, so their items would carry over to the next test.
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services.IsValueCreated && !_ended)
            Switch.Reset();
        await EndAsync();
        foreach (var resource in _owned)
            await resource.DisposeAsync();
    }

    /// <summary>Disposes a resource at the end of the test, after the container.</summary>
    private protected void Own(IAsyncDisposable resource) => _owned.Add(resource);

    /// <summary>Disposes the container and what it created, as the host does at its end.</summary>
    private protected async Task EndAsync()
    {
        _ended = true;
        if (_services.IsValueCreated)
            await _services.Value.DisposeAsync();
    }

    /// <summary>Adds the case with <paramref name="cases"/>, and the services and the configuration that its variants need.</summary>
    private protected abstract void Add(CasesBuilder cases, WebApplicationBuilder builder);

    /// <summary>Asserts the answers that all variants give.</summary>
    private protected abstract Task BehaveAsync();

    private ServiceProvider Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration[$"Cases:{Study.Id}:FuseItems"] = $"{Fuse}";
        Add(new CasesBuilder(builder.Services, builder.Configuration), builder);
        return builder.Services.BuildServiceProvider();
    }
}
