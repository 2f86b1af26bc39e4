using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>The copy of the cases that is built with the analyzers of others, and the log that is read.</summary>
public sealed class OtherAnalyzersTests
{
    private const string Log = """
        {
          "$schema": "http://json.schemastore.org/sarif-2.1.0", "version": "2.1.0",
          "runs": [ { "results": [
            { "ruleId": "CA2000", "level": "warning", "message": { "text": "Dispose it" }, "suppressions": [ { "kind": "inSource" } ],
              "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "file:///copy/a%20b/C.cs" },
                "region": { "startLine": 3, "startColumn": 9, "endLine": 5, "endColumn": 10 } } } ] },
            { "ruleId": "CS9057", "level": "warning", "message": { "text": "no place" } } ] } ]
        }
        """;

    [Fact]
    public void AFindingHasItsPlaceAndWhetherItIsSuppressed()
        => Assert.Equal([new Finding("CA2000", "a b/C.cs", 3, 5, IsSuppressed: true, "Dispose it")], Sarif.Read(Log, "/copy"));

    [Fact]
    public void TheCopyHasEachVariantAndNoTest()
    {
        var folder = Directory.CreateTempSubdirectory("case-copy-");
        try
        {
            CaseCopy.Create(folder.FullName);
            Assert.All(Variant.All, variant => Assert.True(File.Exists(Path.Combine(folder.FullName, variant.Path)), variant.Path));
            Assert.DoesNotContain(
                Directory.EnumerateFiles(folder.FullName, "*Tests.cs", SearchOption.AllDirectories), _ => true);
            var config = File.ReadAllLines(Path.Combine(folder.FullName, ".globalconfig"));
            Assert.All(OtherRules.Ids, id => Assert.Single(config, line => line == $"dotnet_diagnostic.{id}.severity = warning"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
