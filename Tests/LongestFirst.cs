using Shop.Tests;
using Shop.Tests.AppHost;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Shop.Tests;

/// <summary>Starts the tests of the running Shop first: they take longer than all that runs beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName == ShopTests.Name)];
}
