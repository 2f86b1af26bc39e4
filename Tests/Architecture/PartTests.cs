using System.Reflection;
using Xunit.v3;

namespace Shop.Tests.Architecture;

/// <summary>The parts that the README's filters select.</summary>
public sealed class PartTests
{
    public static TheoryData<Type> TestClasses
        => [.. typeof(PartTests).Assembly.GetTypes().Where(type => !type.IsAbstract && type.GetMethods().Any(IsTest))];

    [Theory]
    [MemberData(nameof(TestClasses))]
    public void ATestClassBelongsToOnePart(Type testClass)
    {
        var part = Assert.Single(PartsOf(testClass));
        Assert.Equal(testClass.Namespace == "Shop.Tests.Faults", part == nameof(Part.Faults));
    }

    [Fact]
    public void AClassWithoutAttributeIsQuick() => Assert.Equal([nameof(Part.Quick)], TestContext.Current.TestClass!.Traits[nameof(Part)]);

    private static IReadOnlyCollection<string> PartsOf(Type testClass)
    {
        var factory = new QuickByDefault((IXunitTestAssembly)TestContext.Current.TestAssembly!);
        return new XunitTestClass(testClass, factory.Get(testClass)).Traits.GetValueOrDefault(nameof(Part), []);
    }

    private static bool IsTest(MethodInfo method) => method.IsDefined(typeof(FactAttribute));
}
