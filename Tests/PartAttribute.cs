using Xunit.v3;

namespace Shop.Tests;

/// <summary>
/// The part of the suite that a test class belongs to, as a trait; without this attribute it is <see cref="Part.Quick"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal class PartAttribute(Part part) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(nameof(Part), part.ToString())];
}
