using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>The operations of a member, walked once and sorted by what the rules ask for.</summary>
internal sealed class Body
{
    public Body(ISymbol owner, ImmutableArray<IOperation> blocks)
    {
        Owner = owner;
        foreach (var block in blocks)
            Walk(block);
    }

    /// <summary>The method, field or property.</summary>
    public ISymbol Owner { get; }

    public List<IInvocationOperation> Invocations { get; } = [];
    public List<IObjectCreationOperation> Creations { get; } = [];
    public List<IArrayCreationOperation> Arrays { get; } = [];
    public List<IMemberReferenceOperation> Storages { get; } = [];
    public List<IMethodReferenceOperation> MethodGroups { get; } = [];
    public List<ILocalReferenceOperation> Locals { get; } = [];
    public List<IEventAssignmentOperation> Events { get; } = [];
    public List<IAssignmentOperation> Assignments { get; } = [];
    public List<IVariableDeclaratorOperation> Variables { get; } = [];
    public List<IAwaitOperation> Awaits { get; } = [];
    public List<IReturnOperation> Returns { get; } = [];

    /// <summary>The parameters of a primary constructor that the member uses.</summary>
    public List<IParameterReferenceOperation> Captured { get; } = [];

    /// <summary>The method, also where the operations are an initializer's.</summary>
    public IMethodSymbol? Method => Owner as IMethodSymbol;

    /// <summary>Runs once for each object, or once at all.</summary>
    public bool IsConstruction => Owner is not IMethodSymbol method
        || method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor;

    /// <summary>The member takes a lock by a call: a semaphore, a monitor, a reader-writer lock.</summary>
    public bool IsHeld() => Invocations.Exists(call => call.TargetMethod.Name is "Wait" or "WaitAsync" or "Enter" or "EnterScope"
        or "TryEnter" or "EnterWriteLock" or "EnterUpgradeableReadLock" && call.TargetMethod.ContainingType.IsFramework());

    public IEnumerable<ILocalReferenceOperation> ReferencesTo(ILocalSymbol local)
    {
        foreach (var reference in Locals)
        {
            if (!reference.IsDeclaration && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                yield return reference;
        }
    }

    private void Walk(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                Invocations.Add(invocation);
                break;
            case IObjectCreationOperation creation:
                Creations.Add(creation);
                break;
            case IArrayCreationOperation array:
                Arrays.Add(array);
                break;
            case IMethodReferenceOperation group:
                MethodGroups.Add(group);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                Storages.Add((IMemberReferenceOperation)operation);
                break;
            case ILocalReferenceOperation local:
                Locals.Add(local);
                break;
            case IEventAssignmentOperation assignment:
                Events.Add(assignment);
                break;
            case IAssignmentOperation assignment:
                Assignments.Add(assignment);
                break;
            case IVariableDeclaratorOperation variable:
                Variables.Add(variable);
                break;
            case IAwaitOperation awaited:
                Awaits.Add(awaited);
                break;
            case IReturnOperation returned:
                Returns.Add(returned);
                break;
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } captured:
                Captured.Add(captured);
                break;
        }
        foreach (var child in operation.ChildOperations)
            Walk(child);
    }
}
