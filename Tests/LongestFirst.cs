using Shop.Tests;
using Shop.Tests.AppHost;
using Shop.Tests.Lab;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Shop.Tests;

/// <summary>
/// Starts the tests of the running Shop first, which take longer than all that runs beside them, and next the proof that builds for Release.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName switch
        {
            ShopTests.Name => 0,
            var name when name.EndsWith(typeof(InterruptedProofTests).FullName!, StringComparison.Ordinal) => 1,
            _ => 2,
        })];
}
