using Xunit.v3;

namespace Shop.Tests.AppHost;

/// <summary>The tests of the class share the one running Shop.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RunningShopAttribute(Part part = Part.Shop) : PartAttribute(part), ICollectionAttribute
{
    public string Name => ShopTests.Name;

    public Type? Type => null;
}
