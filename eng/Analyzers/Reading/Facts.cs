using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Shop.Analyzers.Reading;

/// <summary>What the members of a compilation say together. Complete when all of them have been added.</summary>
internal sealed class Facts
{
    private readonly Lazy<IReadOnlyList<Growth>> _growths;

    public Facts(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        Lifetimes = new Lifetimes(compilation, options);
        Stores = new Stores();
        Calls = new Calls();
        _growths = new Lazy<IReadOnlyList<Growth>>(() => [.. Stores.Growing(Lifetimes, Calls)]);
    }

    public Lifetimes Lifetimes { get; }

    public Stores Stores { get; }

    public Calls Calls { get; }

    public Subscriptions Subscriptions { get; } = new();

    /// <summary>The collections without a bound; asked for at the end.</summary>
    public IReadOnlyList<Growth> Growths => _growths.Value;

    /// <summary>The candidates of rules that need all facts.</summary>
    public ConcurrentQueue<Candidate> Candidates { get; } = new();

    public void Add(Body body)
    {
        Lifetimes.Add(body);
        Stores.Add(body);
        Calls.Add(body);
    }
}
