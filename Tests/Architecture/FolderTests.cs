using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

namespace Shop.Tests.Architecture;

/// <summary>The folders of an assembly build on each other in one direction: no circle through fields, signatures or method bodies.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("ServiceDefaults")]
    [InlineData("Orders")]
    [InlineData("Payments")]
    [InlineData("Documents")]
    [InlineData("Sessions")]
    [InlineData("Lab")]
    public void NoCircleRunsThroughTheFolders(string assembly) => Assert.Empty(Circles(assembly, $"Shop.{assembly}"));

    [Fact]
    public void ACircleIsFound() => Assert.NotEmpty(Circles("Tests", "Shop.Tests.Architecture.Circle"));

    private static List<string> Circles(string assembly, string root)
    {
        var architecture = new ArchLoader().LoadAssemblies(System.Reflection.Assembly.Load(assembly)).Build();
        var rule = SliceRuleDefinition.Slices().Matching($"{root}.(*)").Should().BeFreeOfCycles();
        return [.. rule.Evaluate(architecture).Where(result => !result.Passed).Select(result => result.Description)];
    }
}
