using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>What belongs to .NET and ASP.NET, and not to the application and its libraries.</summary>
internal static partial class Frameworks
{
    /// <summary>Whether a module is part of it.</summary>
    public static bool Contain(ClrModule? module) => Path.GetFileName(module?.Name) is { } name && Contain(name);

    /// <summary>Whether a type is part of it, by its name.</summary>
    public static bool Contain(string type)
        => type.StartsWith("System.", StringComparison.Ordinal) || type.StartsWith("Microsoft.", StringComparison.Ordinal);

    /// <summary>Whether a type is a collection of it, or a part of one.</summary>
    public static bool IsCollection(string? type) => type?.StartsWith("System.Collections.", StringComparison.Ordinal) == true;

    /// <summary>Whether all that a type's name is made of is part of it, its arguments too.</summary>
    public static bool NameAll(string type)
        => Generated().Replace(type, "").Split(['<', '>', ',', '[', ']', ' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .All(name => name.StartsWith('+') || Contain(name));

    // What the compiler has made of a method, which belongs to the type before it: "+<DoReceive>d__27", "+<>c__DisplayClass3_0".
    [GeneratedRegex(@"\+<(?:<[\w.]*>[\w|]+|[\w.]*)>\w+")]
    private static partial Regex Generated();
}
