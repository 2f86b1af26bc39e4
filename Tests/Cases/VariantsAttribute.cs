using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Shop.Tests.Cases;

/// <summary>A theory over the switchable variants of the case that the test class is named after.</summary>
internal sealed class VariantsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([.. TestedCase.Of(testMethod.ReflectedType!).Variants.Select(variant => new TheoryDataRow(variant))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
