using Microsoft.CodeAnalysis;
using Shop.Analyzers;
using Shop.Lab;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>The rules as the README of the package lists them.</summary>
public sealed class RulesReadmeTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> _rules = new LeakAnalyzer().SupportedDiagnostics;

    [Fact]
    public void TheReadmeListsEachRuleWithItsSeverity()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Folder, BoardCommand.Readme));
        Assert.All(_rules, rule => Assert.Contains(
            $"| {rule.Id} | {rule.DefaultSeverity} | {rule.Title} |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void EachRuleHasAnIdOfItsOwn() => Assert.Equal(_rules.Count, _rules.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void TheHelpOfEachRuleIsTheReadmeOfACase()
        => Assert.All(_rules, rule => Assert.True(File.Exists(Path.Combine(Repository.Folder, rule.HelpLinkUri)), rule.HelpLinkUri));
}
