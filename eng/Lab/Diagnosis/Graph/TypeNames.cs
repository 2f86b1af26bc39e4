using System.Text.RegularExpressions;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Names as the programmer wrote them, without what the compiler made of them.</summary>
internal static partial class TypeNames
{
    /// <summary>A type without namespaces, an async method's state machine by the method.</summary>
    public static string Short(string type)
    {
        var name = Arity().Replace(Namespaces().Replace(type, ""), "");
        name = AsyncBox().Replace(name, "async $1");
        return Closure().Replace(StateMachine().Replace(name, ".$1"), ".closure").Replace('+', '.');
    }

    /// <summary>A method, a lambda's by the method that it stands in.</summary>
    public static string Method(string type, string method)
        => Lambda().Match(method) is { Success: true } lambda
            ? $"lambda in {Closure().Replace(Short(type), "").Replace(".closure", "", StringComparison.Ordinal)}.{lambda.Groups[1].Value}"
            : $"{Short(type)}.{method}";

    /// <summary>A field; an automatic property's by the property, an async method's by the variable that it keeps.</summary>
    public static string Field(string field) => Generated().Replace(field, "$1");

    [GeneratedRegex(@"[\p{L}_][\w`]*\.(?=[\p{L}_<])")]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"\+<(\w+)>d(?:__\d+)?")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();

    [GeneratedRegex(@"^AsyncTaskMethodBuilder<.*?>\+AsyncStateMachineBox<(.+)>$|^AsyncTaskMethodBuilder\+AsyncStateMachineBox<(.+)>$")]
    private static partial Regex AsyncBox();

    [GeneratedRegex(@"\+<>c(?:__DisplayClass\w+)?")]
    private static partial Regex Closure();

    [GeneratedRegex("^<(.+)>b__")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^<(.+)>(?:k__BackingField|\d+__\d+)$")]
    private static partial Regex Generated();
}
