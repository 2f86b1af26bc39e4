using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
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
        var test = new RuleTest { TestCode = code, CompilerDiagnostics = errors };
        return RunAsync(test, test.TestState);
    }

    /// <summary>Asserts that the fixes change the code to another, one finding after the other, and all at once.</summary>
    /// <param name="code">The code, with what is found marked.</param>
    /// <param name="expected">The code afterwards; what is still found is marked.</param>
    public static Task VerifyFixAsync(string code, string expected)
    {
        var test = new FixTest { TestCode = code, FixedCode = expected };
        return RunAsync(test, test.TestState, test.FixedState);
    }

    private static Task RunAsync(AnalyzerTest<DefaultVerifier> test, params SolutionState[] states)
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        foreach (var state in states)
        {
            state.Sources.Add(("Usings.cs", Sources.Usings));
            state.AdditionalReferences.AddRange(_references);
        }
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(project,
            new CSharpParseOptions(LanguageVersion.Latest)));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
