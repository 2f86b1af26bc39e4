using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Shop.Analyzers.Reading;
using Shop.Analyzers.Rules;

namespace Shop.Analyzers;

/// <summary>
/// Finds what retains or wastes memory. All rules share one walk over the operations of each member, and what concerns the whole
/// compilation is reported at its end.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeakAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rules of the package.</summary>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. All().Select(rule => rule.Descriptor)];

    /// <summary>Registers the walk.</summary>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var facts = new Facts(context.Compilation, context.Options.AnalyzerConfigOptionsProvider);
        // Created for each compilation: a rule that kept symbols would keep the compilations of the editor's whole session.
        var rules = All();
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OperationBlocks.IsEmpty || block.OperationBlocks[0].Kind == OperationKind.Attribute)
                return;
            var body = new Body(block.OwningSymbol, block.OperationBlocks);
            facts.Add(body);
            foreach (var rule in rules)
                rule.Inspect(body, facts, block.ReportDiagnostic);
        });
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var rule in rules)
                rule.Conclude(facts, end.ReportDiagnostic);
        });
    }

    private static Rule[] All() =>
    [
        new UnboundedCollection(), new RemovedOnRequest(), new SubscriptionToLongLived(), new LeavesOnGoodPath(),
        new UnboundedQueue(), new ClientPerCall(), new FireAndForget(), new LongLivedContext(), new WholeTable(), new AggregatedInMemory(),
        new VaryingStatement(), new JsonThroughString(), new LargeArray(), new TemporaryArray(), new LineThroughString(),
        new PerRequestSubscriber(), new SuccessorRemoved(), new CheckedUnderAnotherLock(), new StaleClient(), new WaitWithoutToken(),
        new SkipWithoutOrder(), new TrackedStream(), new UnsavedChanges(), new ClearedAfterFailure(), new PartialEntity(),
        new SecondFactory(), new WholeRentedArray(), new PooledThenCopied(), new SmallPool(), new UnusedPooled(), new GrowingEntry(),
        new RefusedEntry(), new BytesAsCount(), new NeverFilled(),
        new LostItem(), new NeverZero(), new UnlockedEntry(), new KeptBySlice(), new PooledBuilder(), new CheckedThenRemoved(),
    ];
}
