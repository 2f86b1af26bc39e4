using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>
/// Which types live as long as the process: registered as singletons, hosted services, and what they or static fields create
/// for themselves.
/// </summary>
internal sealed class Lifetimes(Compilation compilation, AnalyzerConfigOptionsProvider options)
{
    /// <summary>Full names of methods whose type arguments are registered as singletons, separated by commas.</summary>
    public const string RegistrationsKey = "shop_analyzers.long_lived_registrations";

    private readonly ConcurrentDictionary<ISymbol, bool> _longLived = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _perRequest = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentQueue<(ITypeSymbol? Owner, ITypeSymbol Part)> _parts = new();
    // An object from elsewhere that is registered, and the objects that members create and keep in locals.
    private readonly ConcurrentQueue<(ITypeSymbol Type, ISymbol Member)> _given = new();
    private readonly ConcurrentQueue<(ITypeSymbol Type, ISymbol Member)> _locals = new();
    private readonly Lazy<HashSet<string>> _registrations = new(() => Read(compilation, options));
    private readonly object _closing = new();
    private bool _isClosed;

    /// <summary>Known to live as long as the process; complete only at the end.</summary>
    public bool IsLongLived(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        Close();
        return _longLived.ContainsKey(type.OriginalDefinition) || type.Implements("Microsoft.Extensions.Hosting", "IHostedService");
    }

    /// <summary>Known to be created for a scope, a request or a view; complete only at the end.</summary>
    public bool IsPerRequest(ITypeSymbol type)
        => _perRequest.ContainsKey(type.OriginalDefinition)
            || type.Implements("Microsoft.AspNetCore.Http", "IMiddleware")
            || type.Derives("Microsoft.AspNetCore.Mvc", "ControllerBase")
            || type.Derives("Microsoft.AspNetCore.Mvc.RazorPages", "PageModel")
            || type.Derives("Microsoft.AspNetCore.SignalR", "Hub")
            || type.Derives("Microsoft.AspNetCore.Components", "ComponentBase");

    public void Add(Body body)
    {
        foreach (var invocation in body.Invocations)
            AddRegistration(invocation, body);
        foreach (var creation in body.Creations)
            AddCreation(body, creation);
    }

    private void AddRegistration(IInvocationOperation invocation, Body body)
    {
        var method = invocation.TargetMethod;
        var lifetimes = LifetimeOf(method.Name);
        if (lifetimes is null || !method.IsFramework())
        {
            if (!_registrations.Value.Contains($"{method.ContainingType?.ToDisplayString()}.{method.Name}"))
                return;
            lifetimes = _longLived;
        }
        foreach (var type in method.TypeArguments)
        {
            if (lifetimes == _longLived && invocation.Arguments.Any(argument => argument.Value.Bare() is IMemberReferenceOperation given
                && given.Type.Is(type)))
                _given.Enqueue((type.OriginalDefinition, body.Owner));
            else
                lifetimes[type.OriginalDefinition] = true;
        }
        foreach (var argument in invocation.Arguments)
        {
            foreach (var part in argument.Value.WithDescendants())
            {
                if (part is ITypeOfOperation named)
                    lifetimes[named.TypeOperand.OriginalDefinition] = true;
                else if (part is IObjectCreationOperation { Type: { } created } creation && IsResult(creation, argument))
                    lifetimes[created.OriginalDefinition] = true;
            }
        }
    }

    private ConcurrentDictionary<ISymbol, bool>? LifetimeOf(string method)
        => !method.StartsWith("Add", StringComparison.Ordinal) && !method.StartsWith("TryAdd", StringComparison.Ordinal) ? null
            : method.EndsWith("Singleton", StringComparison.Ordinal) || method == "AddHostedService" ? _longLived
            : method.EndsWith("Scoped", StringComparison.Ordinal) || method.EndsWith("Transient", StringComparison.Ordinal) ? _perRequest
            : null;

    private void AddCreation(Body body, IObjectCreationOperation creation)
    {
        if (creation.Type is not { } part || !part.IsInSource())
            return;
        switch (creation.User())
        {
            // Its own, once for each of its owners.
            case IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields }:
                _parts.Enqueue((fields[0].IsStatic ? null : fields[0].ContainingType, part));
                break;
            case IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties }:
                _parts.Enqueue((properties[0].IsStatic ? null : properties[0].ContainingType, part));
                break;
            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol field } } when body.IsConstruction:
                _parts.Enqueue((field.IsStatic ? null : field.ContainingType, part));
                break;
            // The usual singleton before containers: created on first use.
            case ICoalesceAssignmentOperation { Target: IFieldReferenceOperation { Field.IsStatic: true } }:
                _parts.Enqueue((null, part));
                break;
        }
        if (creation.Local() is not null)
            _locals.Enqueue((part.OriginalDefinition, body.Owner));
        // In a using statement, so it ends with the member.
        if (creation.User() is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }
            && variable.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation)
        {
            _perRequest[part.OriginalDefinition] = true;
        }
    }

    private void Close()
    {
        lock (_closing)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            // One of many, if other members create more of them: the container may have only borrowed it.
            foreach (var (type, member) in _given)
            {
                if (!_locals.Any(local => local.Type.Is(type) && !local.Member.Is(member)))
                    _longLived[type] = true;
            }
            bool isMore;
            do
            {
                isMore = false;
                foreach (var (owner, part) in _parts)
                {
                    if (owner is null || _longLived.ContainsKey(owner.OriginalDefinition)
                        || owner.Implements("Microsoft.Extensions.Hosting", "IHostedService"))
                    {
                        isMore |= _longLived.TryAdd(part.OriginalDefinition, true);
                    }
                }
            }
            while (isMore);
        }
    }

    // The argument itself, or what a lambda returns.
    private static bool IsResult(IOperation creation, IArgumentOperation argument)
        => creation.User() is IReturnOperation returned && returned.Function() is not null || creation.User() == argument;

    private static HashSet<string> Read(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!options.GetOptions(tree).TryGetValue(RegistrationsKey, out var value))
                continue;
            foreach (var name in value.Split(','))
                names.Add(name.Trim());
            // One setting for the compilation; the first file that has it says so.
            break;
        }
        return names;
    }
}
