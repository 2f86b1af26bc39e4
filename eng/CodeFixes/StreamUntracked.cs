using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shop.CodeFixes;

/// <summary>SHOP4005: <c>query.AsAsyncEnumerable()</c> becomes <c>query.AsNoTracking().AsAsyncEnumerable()</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class StreamUntracked() : RuleFix("SHOP4005", "Do not track what is streamed")
{
    private const string Namespace = "Microsoft.EntityFrameworkCore";
    private const string Method = "AsNoTracking";

    protected override Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken)
    {
        if (found.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is not MemberAccessExpressionSyntax access
            || model.GetTypeInfo(access.Expression, cancellationToken).Type is not { } query)
            return null;
        var isImported = model.LookupSymbols(access.SpanStart, query, Method, includeReducedExtensionMethods: true).Length > 0;
        return new(access, old =>
        {
            var member = (MemberAccessExpressionSyntax)old;
            // On a line of its own where the call is on one.
            var untracked = SyntaxFactory.InvocationExpression(member.WithName(SyntaxFactory.IdentifierName(Method)))
                .WithTrailingTrivia(member.Expression.GetTrailingTrivia());
            return member.WithExpression(untracked);
        }, isImported ? null : Namespace);
    }
}
