using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>The compilations in which the variants of all cases are.</summary>
internal static class ShopSources
{
    /// <summary>A compilation for each service, and one of the Published variants that only the tests may run.</summary>
    public static IEnumerable<CSharpCompilation> Compile()
    {
        foreach (var service in Services.Folders)
            yield return Sources.Compile(service, Sources.In(Path.Combine(Repository.Folder, service)));
        yield return CompileTests();
    }

    /// <summary>The folders of the projects that are built with the rules.</summary>
    public static IEnumerable<string> CheckedFolders =>
        [.. Services.Folders, "ServiceDefaults", "AppHost", "eng/Gateway", "eng/Lab", "eng/Servers"];

    // They are singletons, as the variants of a service are, and use other files of their folder, but no test.
    private static CSharpCompilation CompileTests()
    {
        var files = Services.Folders.SelectMany(service => Sources.In(Path.Combine(Repository.Folder, "Tests", service)))
            .Where(path => !Path.GetFileNameWithoutExtension(path).Contains("Tests", StringComparison.Ordinal));
        var registrations = new StringBuilder("static class Registrations { static void Add(IServiceCollection services) {\n");
        foreach (var variant in Variant.All.Where(variant => variant.Path.StartsWith("Tests", StringComparison.Ordinal)))
        {
            var type = $"Shop.Tests.{Path.GetFileName(Path.GetDirectoryName(variant.Path))}.{variant.Name}{variant.Case}";
            registrations.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"services.AddSingleton<{type}>();");
        }
        registrations.AppendLine("} }");
        return Sources.Compile(
            "Tests", files.Select(path => (path, File.ReadAllText(path))).Append(("Registrations.cs", registrations.ToString())));
    }
}
