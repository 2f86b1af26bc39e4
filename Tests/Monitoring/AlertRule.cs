using System.Text.RegularExpressions;

namespace Shop.Tests.Monitoring;

/// <summary>An alert in a file of rules, as text.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">The alert.</param>
/// <param name="Text">Its lines.</param>
internal sealed partial record AlertRule(string File, string Name, string Text)
{
    /// <summary>A rule of this name that always fires, for a service and a container that the tests have.</summary>
    public string Firing => $$"""
              - alert: {{Name}}
                expr: label_replace(label_replace(vector(1), "service", "orders", "", ""), "container", "orders", "", "")

        """;

    /// <summary>The alerts of a file.</summary>
    public static IEnumerable<AlertRule> Read(string file)
        => Rule().Matches(System.IO.File.ReadAllText(Path.Combine(Promtool.Folder, file)))
            .Select(match => new AlertRule(file, match.Groups[1].Value, match.Value));

    // Comments are deeper than the rule.
    [GeneratedRegex(@"^      - alert: (\w+)\n(?:        .*\n)+", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
