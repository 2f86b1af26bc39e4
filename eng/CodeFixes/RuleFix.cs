using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Shop.CodeFixes;

/// <summary>The fix of one rule, for one finding or for all of them.</summary>
/// <param name="rule">The id of the rule.</param>
/// <param name="title">What the fix does.</param>
internal abstract class RuleFix(string rule, string title) : CodeFixProvider
{
    public string Title => title;

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [rule];

    /// <summary>All findings of a document are fixed in one change, because their code may overlap.</summary>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if ((await FindAsync(context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false)).Count > 0)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => ApplyAsync(context.Document, [diagnostic], cancellation), rule), diagnostic);
            }
        }
    }

    /// <summary>The change that mends a finding; null where there is more than one way, or the code is not of the usual form.</summary>
    protected abstract Mend? Find(SyntaxNode found, SemanticModel model, CancellationToken cancellationToken);

    private async Task<List<Mend>> FindAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var mends = new List<Mend>();
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model)
        {
            foreach (var diagnostic in diagnostics)
            {
                if (Find(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model, cancellationToken) is { } mend)
                    mends.Add(mend);
            }
        }
        return mends;
    }

    private async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var mends = await FindAsync(document, diagnostics, cancellationToken).ConfigureAwait(false);
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (var (old, @new) in mends.SelectMany(mend => mend.Replacements))
            editor.ReplaceNode(old, (current, _) => @new(current));
        var root = editor.GetChangedRoot();
        foreach (var import in mends.Select(mend => mend.Import).Distinct())
        {
            if (import is not null && root is CompilationUnitSyntax unit)
                root = unit.AddUsings(SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(import)));
        }
        return document.WithSyntaxRoot(root);
    }
}
