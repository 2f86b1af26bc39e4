using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shop.CodeFixes;

/// <summary>SHOP5005: <c>ArrayPool&lt;T&gt;.Create()</c> becomes <c>ArrayPool&lt;T&gt;.Shared</c>, which pools arrays up to 1 GB.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class SharePool() : RuleFix("SHOP5005", "Use the shared pool")
{
    protected override Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken)
        => found.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax } call
            ? new(call, old => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)old).Expression)
                .WithName(SyntaxFactory.IdentifierName("Shared")).WithTriviaFrom(old))
            : null;
}
