using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Shop.Analyzers;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>Compiles code against this process's own assemblies, so that no test loads reference packages, and runs the rules.</summary>
internal static class AnalyzerCheck
{
    private static readonly MetadataReference[] _references = [.. Sources.References("TestProject")];

    /// <summary>Asserts that exactly what is marked, as in <c>{|SHOP1001:code|}</c>, is found.</summary>
    /// <param name="code">The code.</param>
    /// <param name="errors">Whether errors of the compiler fail the test.</param>
    public static Task VerifyAsync(string code, CompilerDiagnostics errors = CompilerDiagnostics.Errors)
    {
        var test = new CSharpAnalyzerTest<LeakAnalyzer, DefaultVerifier>
        {
            TestCode = code,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            CompilerDiagnostics = errors,
        };
        test.TestState.Sources.Add(("Usings.cs", Sources.Usings));
        test.TestState.AdditionalReferences.AddRange(_references);
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(project,
            new Microsoft.CodeAnalysis.CSharp.CSharpParseOptions(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest)));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
