using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shop.CodeFixes;

/// <summary>
/// SHOP5001: <c>Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))</c> becomes <c>JsonSerializer.SerializeToUtf8Bytes(value)</c>: the
/// same bytes without the string. A <c>StringContent</c> has no fix: JsonContent is sent in chunks, which not every server takes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class SerializeToBytes() : RuleFix("SHOP5001", "Serialize to bytes")
{
    protected override Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken)
    {
        // Serialized in place: a variable of the string would stay behind.
        if (found.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: 1 } arguments } encoding
            || arguments[0].Expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } json
            || access.Name.Identifier.Text != "Serialize"
            || encoding.Expression is not MemberAccessExpressionSyntax { Expression: var encoder }
            || !Is(model.GetSymbolInfo(encoder, cancellationToken).Symbol, "System.Text.Encoding.UTF8")
            || !Is(model.GetSymbolInfo(json, cancellationToken).Symbol?.ContainingType, "System.Text.Json.JsonSerializer"))
            return null;
        return new(encoding, old =>
        {
            var call = (InvocationExpressionSyntax)((InvocationExpressionSyntax)old).ArgumentList.Arguments[0].Expression;
            var method = (MemberAccessExpressionSyntax)call.Expression;
            var bytes = SyntaxFactory.Identifier("SerializeToUtf8Bytes");
            // `Serialize<T>(value)` keeps its T.
            SimpleNameSyntax name = method.Name is GenericNameSyntax generic ? generic.WithIdentifier(bytes)
                : SyntaxFactory.IdentifierName(bytes);
            return call.WithExpression(method.WithName(name)).WithTriviaFrom(old);
        });
    }

    private static bool Is(ISymbol? symbol, string name) => symbol?.ToDisplayString() == name;
}
