using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Provides the current implementation of a case. It is updated when flags change instead of evaluating them per request, so reading
/// <see cref="Current"/> does not allocate.
/// </summary>
/// <typeparam name="T">The case's interface; its variants are keyed services.</typeparam>
public sealed class CaseSwitch<T> : ICaseSwitch where T : class
{
    private readonly IServiceProvider _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<CaseVariant, T> _created = [];
    private volatile T _current;
    private volatile bool _tripped;
    private volatile bool _hidden;

    /// <summary>Selects Fixed until the flags are read.</summary>
    public CaseSwitch(CaseStudy study, IServiceProvider services, IConfiguration configuration)
    {
        Study = study;
        SpanAttribute = $"shop.case.{study.Id}";
        FuseItems = configuration.GetValue($"Cases:{study.Id}:FuseItems", study.Evidence.FuseItems);
        _services = services;
        _current = Create(CaseVariant.Fixed);
    }

    /// <summary>The current implementation.</summary>
    public T Current => _current;

    /// <summary>The implementations that were current so far; what they hold may still be in use.</summary>
    public IReadOnlyCollection<T> Created
    {
        get
        {
            lock (_lock)
                return [.. _created.Values];
        }
    }

    /// <inheritdoc />
    public CaseStudy Study { get; }

    /// <inheritdoc />
    public CaseVariant Variant { get; private set; }

    /// <inheritdoc />
    public string SpanAttribute { get; }

    /// <inheritdoc />
    public long? FuseItems { get; }

    /// <inheritdoc />
    public bool IsTripped => _tripped;

    /// <inheritdoc />
    public long HeldItems
    {
        get
        {
            lock (_lock)
                return _created.Values.OfType<ICaseState>().Sum(state => state.HeldItems);
        }
    }

    /// <inheritdoc />
    public int Resets { get; private set; }

    /// <inheritdoc />
    public bool IsHidden
    {
        get => _hidden;
        set => _hidden = value;
    }

    /// <inheritdoc />
    public void Select(CaseVariant variant)
    {
        lock (_lock)
        {
            if (Variant == variant)
                return;
            _tripped = false;
            Variant = variant;
            _current = Create(variant);
        }
    }

    /// <inheritdoc />
    public bool TestFuse()
    {
        lock (_lock)
        {
            if (_tripped || Variant == CaseVariant.Fixed || !(HeldItems > FuseItems))
                return false;
            _tripped = true;
            // Consumers and background work continue with Fixed; CaseFeeds rejects HTTP requests.
            _current = Create(CaseVariant.Fixed);
            return true;
        }
    }

    /// <inheritdoc />
    public void Reset()
    {
        lock (_lock)
        {
            foreach (var state in _created.Values.OfType<ICaseState>())
                state.Reset();
            _tripped = false;
            _current = Create(Variant);
            Resets++;
        }
        // The periodic collections run only while a Retained case is not Fixed; the released memory should be visible at once.
        if (Study.Evidence is Retained)
            _services.GetRequiredService<InducedCollections>().Collect(compacting: false);
    }

    // The container owns and disposes the variants, which are its singletons.
    private T Create(CaseVariant variant)
    {
        if (!_created.TryGetValue(variant, out var implementation))
            _created[variant] = implementation = _services.GetRequiredKeyedService<T>(variant);
        return implementation;
    }
}
