using System.Reflection;
using Shop.Tests;
using Xunit.v3;

[assembly: CollectionBehavior(typeof(QuickByDefault))]

namespace Shop.Tests;

/// <summary>
/// Each test class without a collection is one, as usual, and belongs to <see cref="Part.Quick"/> unless it says otherwise.
/// </summary>
public sealed class QuickByDefault(IXunitTestAssembly assembly) : CollectionPerClassTestCollectionFactory(assembly)
{
    protected override IXunitTestCollection GetDefaultTestCollection(Type testClass)
        => new XunitTestCollection(
            TestAssembly, testClass.IsDefined(typeof(PartAttribute)) ? null : typeof(Quick), disableParallelization: false,
            $"Test collection for {testClass}");

    /// <summary>The traits of a collection are those of its definition.</summary>
    [Part(Part.Quick)]
    private sealed class Quick;
}
