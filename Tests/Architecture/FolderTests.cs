using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

namespace Shop.Tests.Architecture;

/// <summary>The folders of an assembly have no cyclic dependencies, whether through fields, signatures or method bodies.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("ServiceDefaults")]
    [InlineData("Orders")]
    [InlineData("Payments")]
    [InlineData("Documents")]
    [InlineData("Sessions")]
    [InlineData("Lab")]
    public void FoldersHaveNoCyclicDependencies(string assembly) => Assert.Empty(FindCycles(assembly, $"Shop.{assembly}"));

    [Fact]
    public void ACycleIsFound() => Assert.NotEmpty(FindCycles("Tests", "Shop.Tests.Architecture.Cycle"));

    private static List<string> FindCycles(string assembly, string root)
    {
        var architecture = new ArchLoader().LoadAssemblies(System.Reflection.Assembly.Load(assembly)).Build();
        var rule = SliceRuleDefinition.Slices().Matching($"{root}.(*)").Should().BeFreeOfCycles();
        return [.. rule.Evaluate(architecture).Where(result => !result.Passed).Select(result => result.Description)];
    }
}
