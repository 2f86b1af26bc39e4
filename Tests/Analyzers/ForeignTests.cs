using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Shop.Analyzers;
using Shop.Lab;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>Code that was written after the rules, in other words than the Shop's: the files below Foreign.</summary>
public sealed class ForeignTests
{
    private const int Leaks = 16;
    private const int LeaksToFind = 12;
    private const int HealthyClasses = 8;

    [Fact]
    public void MostOtherLeaksAreFound()
    {
        var found = Find("Leaks", Leaks);
        Assert.True(found.Count >= LeaksToFind, string.Join(", ", found));
    }

    [Fact]
    public void NoHealthyClassIsAccused() => Assert.Empty(Find("Healthy", HealthyClasses));

    /// <summary>Written with the rules that were added for defects; so each must be found, and by its rule.</summary>
    [Theory]
    [InlineData("BookShelf", "SHOP4009")]
    [InlineData("DeviceLeases", "SHOP1009")]
    [InlineData("Envelope", "SHOP5003")]
    [InlineData("InvoiceText", "SHOP5010")]
    [InlineData("MailWorker", "SHOP3004")]
    [InlineData("SeatMap", "SHOP6007")]
    [InlineData("TrackPlayer", "SHOP7002")]
    public void ADefectInOtherWordsIsFoundAndItsMendIsNot(string type, string rule)
    {
        Assert.Equal([rule], Run("Later/Defects", [Named("Later/Defects", type)]).Select(finding => finding.Id).Distinct());
        Assert.Empty(Run("Later/Healthy", [Named("Later/Healthy", type)]));
    }

    private static string Named(string folder, string type) => Path.Combine(FolderOf(folder), $"{type}.cs");

    private static string FolderOf(string folder) => Path.Combine(Repository.Folder, "Tests", "Analyzers", "Foreign", folder);

    // The files with a finding.
    private static List<string> Find(string folder, int count)
    {
        var files = Sources.In(FolderOf(folder)).ToList();
        Assert.Equal(count, files.Count);
        return [.. Run(folder, files).Select(finding => Path.GetFileName(finding.Location.GetLineSpan().Path)).Distinct()
            .Order(StringComparer.Ordinal)];
    }

    private static ImmutableArray<Diagnostic> Run(string folder, IEnumerable<string> files)
        => Analysis.Run(Sources.Compile($"Foreign.{Path.GetFileName(folder)}", files), [new LeakAnalyzer()], Repository.Folder);
}
