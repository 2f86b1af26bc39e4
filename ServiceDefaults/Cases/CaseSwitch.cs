using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Cases;

/// <summary>A case of this service and the variant that is active, without its type.</summary>
public interface ICaseSwitch
{
    /// <summary>The case.</summary>
    CaseStudy Study { get; }

    /// <summary>The variant that the flag selects.</summary>
    CaseVariant Variant { get; }

    /// <summary>The span attribute that tells the variant.</summary>
    string SpanAttribute { get; }

    /// <summary>How many items the variants hold together.</summary>
    long HeldItems { get; }

    /// <summary>How many items may be held before the fuse trips.</summary>
    long FuseItems { get; }

    /// <summary>Whether the fuse has tripped: the flag still says otherwise, but Fixed does the work.</summary>
    bool IsTripped { get; }

    /// <summary>Makes a variant the current one.</summary>
    void Select(CaseVariant variant);

    /// <summary>Compares what is held with the fuse's limit; true when it trips by this call.</summary>
    bool TestFuse();

    /// <summary>Clears what every variant holds, and the fuse.</summary>
    void Reset();
}

/// <summary>
/// Gives the current implementation of a case. It is told when flags change and not asked per request, so reading
/// <see cref="Current"/> allocates nothing.
/// </summary>
/// <typeparam name="T">The case's interface; its variants are keyed services.</typeparam>
public sealed class CaseSwitch<T> : ICaseSwitch where T : class
{
    private readonly IServiceProvider _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<CaseVariant, T> _created = [];
    private volatile T _current;
    private volatile bool _tripped;

    /// <summary>Starts with Fixed, until the flags are read.</summary>
    public CaseSwitch(CaseStudy study, IServiceProvider services, IConfiguration configuration)
    {
        Study = study;
        SpanAttribute = $"shop.case.{study.Id}";
        FuseItems = configuration.GetValue($"Cases:{study.Id}:FuseItems", study.FuseItems);
        _services = services;
        _current = Create(CaseVariant.Fixed);
    }

    /// <summary>The implementation to use now.</summary>
    public T Current => _current;

    /// <inheritdoc />
    public CaseStudy Study { get; }

    /// <inheritdoc />
    public CaseVariant Variant { get; private set; }

    /// <inheritdoc />
    public string SpanAttribute { get; }

    /// <inheritdoc />
    public long FuseItems { get; }

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
            if (_tripped || Variant == CaseVariant.Fixed || HeldItems <= FuseItems)
                return false;
            _tripped = true;
            // Consumers and background work go on with Fixed; HTTP is told by RequireFuse.
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
        }
    }

    // The container owns and disposes the variants: they are its singletons.
    private T Create(CaseVariant variant)
    {
        if (!_created.TryGetValue(variant, out var implementation))
            _created[variant] = implementation = _services.GetRequiredKeyedService<T>(variant);
        return implementation;
    }
}
