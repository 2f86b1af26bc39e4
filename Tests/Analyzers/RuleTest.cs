using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Shop.Analyzers;

namespace Shop.Tests.Analyzers;

/// <summary>A run of the rules over a piece of code.</summary>
internal sealed class RuleTest : CSharpAnalyzerTest<LeakAnalyzer, DefaultVerifier>;
