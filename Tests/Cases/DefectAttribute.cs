using Xunit.v3;

namespace Shop.Tests.Cases;

/// <summary>The test shows one defect of the Published variant, which Fixed does not have; also a trait: <c>Defect=Published</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DefectAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Defect", "Published")];
}
