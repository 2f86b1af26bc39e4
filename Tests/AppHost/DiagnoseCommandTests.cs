using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.AppHost;

/// <summary>
/// The dashboard's command <c>Diagnose memory</c>, with one case of each service Leaky under the load, and two of Documents.
/// </summary>
[RunningShop]
public sealed partial class DiagnoseCommandTests(ShopFixture shop) : IAsyncDisposable
{
    private static readonly string[] _cases = ["DocumentEvents", "DocumentCache", "SessionStore", "OrderEvents", "PaymentHistory"];
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TheCommandNamesTheRootOfEachLeakAndOfNothingElse()
    {
        await ForEachAsync((lab, id) => lab.SwitchCaseAsync(id, "Leaky"));
        await shop.App.StartLoadAsync();
        await ForEachAsync((lab, id)
            => Eventually.ReadAsync(() => lab.HeldItemsAsync(id), items => items >= 20, $"{id} to leak", LoadTimeout));

        await Task.WhenAll(_cases.GroupBy(id => Study(id).Service).Select(service => AssertNamedAsync(service.Key, [.. service])));
    }

    public async ValueTask DisposeAsync()
    {
        await shop.App.StopLoadAsync();
        await ForEachAsync((lab, id) => lab.SwitchCaseAsync(id, "Fixed"));
        await ForEachAsync((lab, id) => lab.ResetCaseAsync(id));
    }

    private async Task AssertNamedAsync(string service, IReadOnlyCollection<string> cases)
    {
        var output = await shop.App.CommandAsync(service, "diagnose-memory");
        var leaks = Leak().Matches(output).Select(leak => Count().Replace(leak.Groups[1].Value, "")).ToList();
        Assert.True(leaks.Count == cases.Count, $"{service}: {output}");
        foreach (var id in cases)
            Assert.Contains(leaks, leak => leak.StartsWith(Study(id).RetentionPath!, StringComparison.Ordinal));
    }

    private static CaseStudy Study(string id) => CaseStudies.All.Single(study => study.Id == id);

    private async Task ForEachAsync(Func<HttpClient, string, Task> act)
    {
        foreach (var id in _cases)
        {
            using var lab = await shop.LabAsync(Study(id).Service);
            await act(lab, id);
        }
    }

    // The second line of a leak is its trace.
    [GeneratedRegex(@"^LEAK .*\n  (.*)", RegexOptions.Multiline)]
    private static partial Regex Leak();

    [GeneratedRegex(@"\[[\d,]+\] ")]
    private static partial Regex Count();
}
