using System.Text.Json;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Defects;

/// <summary>
/// The tests that show the defects of the Published variants: the project Tests marks them with the trait <c>Defect=Published</c>, in
/// classes
/// that are named after their case.
/// </summary>
internal static class DefectTests
{
    /// <summary>The project, which has to be built in Release.</summary>
    public const string Project = "Tests";

    /// <summary>Runs those of the cases that have a published fix, in the Release build.</summary>
    /// <returns>The tests of each case, by its id.</returns>
    /// <exception cref="LabException">The tests did not run.</exception>
    public static async Task<ILookup<string, DefectTest>> RunAsync(IReadOnlyList<CaseStudy> studies, CancellationToken cancellationToken)
    {
        string[] ids = [.. studies.Where(study => study.PublishedFix != PublishedFix.None).Select(study => study.Id)];
        if (ids.Length == 0)
            return Array.Empty<DefectTest>().ToLookup(_ => "");
        var folder = Directory.CreateTempSubdirectory("shop-proof-").FullName;
        try
        {
            var results = Path.Combine(folder, "results.json");
            var classes = string.Join('|', ids.Select(id => $"FullyQualifiedName~.{id}"));
            await RunAsync($"Defect=Published&({classes})", results, cancellationToken);
            return Read(results).SelectMany(test => ids.Where(test.IsOf).Select(id => (Id: id, Test: test)))
                .GroupBy(pair => (pair.Id, pair.Test.Name)).Select(cases => (
                    cases.Key.Id, Test: new DefectTest(cases.Key.Name, cases.All(pair => pair.Test.HasPassed))))
                .ToLookup(pair => pair.Id, pair => pair.Test);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string filter, string results, CancellationToken cancellationToken)
    {
        string[] arguments =
            ["exec", Repository.ReleaseAssembly(Project), "-filterVSTest", filter, "-result-ctrf", results, "-noLogo", "-noColor"];
        var (_, output) = await Repository.RunAsync("dotnet", arguments, Repository.Folder, cancellationToken);
        // A failed test is a result, which the file has; without the file the run itself has failed.
        if (!File.Exists(results))
            throw new LabException($"The tests of the published fixes' defects did not run: {output.Trim()}");
    }

    private static IEnumerable<TestedCase> Read(string results)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(results));
        return [.. report.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray().Select(TestedCase.Of)];
    }

    /// <summary>One case of a test.</summary>
    private sealed record TestedCase(string Class, string Method, bool HasPassed)
    {
        public string Name => $"{Class}.{Method}";

        // Name: the namespace, the class, the method and, of a theory, the arguments.
        public static TestedCase Of(JsonElement test)
        {
            var parts = test.GetProperty("name").GetString()!.Split('(')[0].Split('.');
            return new(parts[^2], parts[^1], test.GetProperty("status").GetString() == "passed");
        }

        public bool IsOf(string id) => Class.StartsWith(id, StringComparison.Ordinal);
    }
}
