using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shop.CodeFixes;

/// <summary>
/// SHOP5010: <c>builder.Append(time.ToString("o"))</c> becomes <c>builder.Append($"{time:o}")</c>, which formats into the builder. The rule
/// reports the first such text of a member; all of them are changed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class AppendValue() : RuleFix("SHOP5010", "Append the values")
{
    protected override Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken)
    {
        // Before .NET 6 an interpolated text is a string too.
        if (model.Compilation.GetTypeByMetadataName("System.Text.StringBuilder+AppendInterpolatedStringHandler") is null
            || found.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return null;
        var appends = member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => IsAppend(call, model, cancellationToken)).Select(call => call.ArgumentList)
            .Where(list => IsFormatted(list.Arguments[0].Expression, model, cancellationToken)).ToList();
        return appends.Count == 0 ? null : new([.. appends.Select(list =>
            ((SyntaxNode)list, (Func<SyntaxNode, SyntaxNode>)(old => Interpolate((ArgumentListSyntax)old))))]);
    }

    private static bool IsAppend(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
        => call.ArgumentList.Arguments is { Count: 1 } arguments && arguments[0].NameColon is null
            && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { Name: "Append" or "AppendLine" } method
            && method.ContainingType.ToDisplayString() == "System.Text.StringBuilder";

    // A value of the framework or an enum, whose ToString does what its formatting in an interpolated text does.
    private static bool IsFormatted(ExpressionSyntax text, SemanticModel model, CancellationToken cancellationToken)
        => text is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var value } } call
            && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { Name: "ToString" } method
            && model.GetTypeInfo(value, cancellationToken).Type is { IsValueType: true } type
            && (type.TypeKind == TypeKind.Enum || type.ContainingNamespace?.ToDisplayString() == "System")
            && (method.Parameters.Length == 0 || type.AllInterfaces.Any(one => one.ToDisplayString() == "System.IFormattable"))
            && method.Parameters.Zip(call.ArgumentList.Arguments, IsExpressible).All(isExpressible => isExpressible);

    private static bool IsExpressible(IParameterSymbol parameter, ArgumentSyntax argument)
        => argument.NameColon is null && (parameter.Type.SpecialType != SpecialType.System_String
            || (argument.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
                && literal.Token.ValueText is { Length: > 0 } format && format.IndexOfAny(['{', '}', '"', '\\', '\n', '\r']) < 0));

    private static ArgumentListSyntax Interpolate(ArgumentListSyntax list)
    {
        var call = (InvocationExpressionSyntax)list.Arguments[0].Expression;
        var value = ((MemberAccessExpressionSyntax)call.Expression).Expression.WithoutTrivia().ToString();
        var format = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>()
            .FirstOrDefault(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))?.Token.ValueText;
        var provider = call.ArgumentList.Arguments.FirstOrDefault(argument
            => !argument.Expression.IsKind(SyntaxKind.StringLiteralExpression));
        // A colon begins the format, except in parentheses.
        var hole = value.Contains(':') && value[0] != '(' ? $"({value})" : value;
        var text = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"$\"{{{hole}{(format is null ? "" : ":" + format)}}}\""));
        var arguments = provider is null ? SyntaxFactory.SingletonSeparatedList(text)
            : SyntaxFactory.SeparatedList([provider.WithoutTrivia(), text.WithLeadingTrivia(SyntaxFactory.Space)]);
        return list.WithArguments(arguments);
    }
}
