using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Shop.Analyzers;
using Shop.CodeFixes;

namespace Shop.Tests.Analyzers;

/// <summary>A run of the rules and of all fixes over a piece of code.</summary>
internal sealed class FixTest : CSharpCodeFixTest<LeakAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    /// <summary>The fixes of the package, found as an editor finds them.</summary>
    public static IReadOnlyList<RuleFix> Fixes { get; } =
    [
        .. typeof(RuleFix).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), false))
            .Select(type => (RuleFix)Activator.CreateInstance(type)!),
    ];

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Fixes;
}
