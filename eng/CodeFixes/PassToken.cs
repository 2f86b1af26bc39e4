using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shop.CodeFixes;

/// <summary>SHOP3002: <c>writer.WriteAsync(item)</c> becomes <c>writer.WriteAsync(item, cancellationToken)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class PassToken() : RuleFix("SHOP3002", "Pass the token")
{
    protected override Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken)
    {
        if (found.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: 1 or 2 } arguments } call
            || TokenAt(call, model) is not { } token)
            return null;
        var value = SyntaxFactory.IdentifierName(token);
        return new(call.ArgumentList, old =>
        {
            var list = (ArgumentListSyntax)old;
            if (arguments.Count == 2)
                return list.ReplaceNode(list.Arguments[1].Expression, value);
            var argument = SyntaxFactory.Argument(value).WithLeadingTrivia(SyntaxFactory.Space);
            return list.AddArguments(list.Arguments[0].NameColon is null ? argument
                : argument.WithNameColon(SyntaxFactory.NameColon("cancellationToken").WithTrailingTrivia(SyntaxFactory.Space)));
        });
    }

    // With several tokens the choice is the author's; a static function sees none of those outside.
    private static string? TokenAt(InvocationExpressionSyntax call, SemanticModel model)
    {
        var isStatic = call.Ancestors().Any(ancestor => ancestor
            is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && ancestor.ChildTokens().Any(IsStatic));
        var tokens = model.LookupSymbols(call.SpanStart).Where(symbol => symbol switch
        {
            IParameterSymbol parameter => IsToken(parameter.Type),
            ILocalSymbol local => IsToken(local.Type),
            _ => false,
        }).ToList();
        return tokens.Count == 1 && tokens[0] is IParameterSymbol single && !isStatic ? single.Name : null;
    }

    private static bool IsStatic(SyntaxToken token) => token.IsKind(SyntaxKind.StaticKeyword);

    private static bool IsToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";
}
