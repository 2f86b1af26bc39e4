using System.Text.RegularExpressions;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Names as the programmer wrote them, without what the compiler made of them.</summary>
internal static partial class TypeNames
{
    /// <summary>A type without namespaces, an async method's state machine by the method.</summary>
    public static string Short(string type)
    {
        var name = Arity().Replace(Namespaces().Replace(WithoutTopLevel(type), ""), "");
        name = LocalFunction().Replace(LambdaMachine().Replace(name, ".$1.lambda"), "$1.$2");
        name = AsyncBox().Replace(StateMachine().Replace(name, ".$1"), "async $1");
        return Closure().Replace(AsyncLambda().Replace(name, "async lambda in $1"), ".closure").Replace('+', '.');
    }

    /// <summary>A method, a lambda's by the method that it stands in; those of the framework with their namespaces.</summary>
    public static string Method(string type, string method)
    {
        var name = LocalFunction().Replace(WithoutTopLevel(method), "$1.$2");
        var owner = (Frameworks.Contain(type) ? Namespace().Match(type).Value : "") + Short(Closure().Replace(type, ""));
        return Lambda().Match(name) is { Success: true } lambda ? $"lambda in {owner}.{lambda.Groups[1].Value}" : $"{owner}.{name}";
    }

    /// <summary>
    /// A field; an automatic property's by the property, a captured parameter's by the parameter, an async method's by the variable that
    /// it keeps.
    /// </summary>
    public static string Field(string field) => Generated().Replace(field, "$1");

    [GeneratedRegex(@"[\p{L}_][\w`]*\.(?=[\p{L}_<])")]
    private static partial Regex Namespaces();

    // The compiler's name for the method of top-level statements.
    private static string WithoutTopLevel(string name) => name.Replace("<Main>$", "Main", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:\w+\.)+")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\+<([\w.]+)>d(?:__\d+)?")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"(?:\+<>c(?:__DisplayClass\w+)?)?\+<<([\w.]+)>b__\w+>d(?:__\d+)?")]
    private static partial Regex LambdaMachine();

    [GeneratedRegex(@"^async (.+)\.lambda$")]
    private static partial Regex AsyncLambda();

    [GeneratedRegex(@"<([\w.]+)>g__(\w+)\|\w+")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();

    [GeneratedRegex(@"^AsyncTaskMethodBuilder<.*?>\+AsyncStateMachineBox<(.+)>$|^AsyncTaskMethodBuilder\+AsyncStateMachineBox<(.+)>$")]
    private static partial Regex AsyncBox();

    [GeneratedRegex(@"\+<>c(?:__DisplayClass\w+)?")]
    private static partial Regex Closure();

    [GeneratedRegex("^<(.+)>b__")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^<(.+)>(?:k__BackingField|\d+__\d+|P)$")]
    private static partial Regex Generated();
}
