using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A member answers while its work goes on in a task that nobody awaits.</summary>
internal sealed class FireAndForget() : Rule(
    "SHOP3001", isCertain: false, "Nobody awaits this work",
    "'{0}' answers before this task ends: a crash loses it, nobody sees its exception, nothing bounds such tasks; store the work first",
    "Orders/OrderDispatch")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Method is not { ReturnsVoid: false, MethodKind: MethodKind.Ordinary } method || method.IsProgram()
            || method.Name is "StartAsync" or "ExecuteAsync" or "StartingAsync" or "StartedAsync"
            || method.Name.StartsWith("On", StringComparison.Ordinal))
        {
            return;
        }
        foreach (var invocation in body.Invocations)
        {
            if (!invocation.IsInLambda() && IsDropped(invocation) 
                && (IsStart(invocation.TargetMethod) || IsOwnWork(invocation.TargetMethod)))
                report(At(invocation, method.Name));
        }
    }

    private static bool IsDropped(IInvocationOperation invocation)
        => invocation.Parent is IExpressionStatementOperation
            || invocation.User() is ISimpleAssignmentOperation { Target: IDiscardOperation } assignment
                && assignment.Value.Bare() == invocation && assignment.Value is not IAwaitOperation;

    private static bool IsStart(IMethodSymbol method)
        => (method.Name == "Run" && method.ContainingType.Is("System.Threading.Tasks", "Task"))
            || (method.Name == "StartNew" && method.ContainingType.Is("System.Threading.Tasks", "TaskFactory"))
            || (method.Name is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem"
                && method.ContainingType.Is("System.Threading", "ThreadPool"));

    // A method that catches nothing: it was written to be awaited.
    private static bool IsOwnWork(IMethodSymbol method)
        => method is { IsAsync: true, ReturnsVoid: false } && method.DeclaringSyntaxReferences.FirstOrDefault() is { } declared
            && !declared.GetSyntax().DescendantNodes().OfType<CatchClauseSyntax>().Any();
}
