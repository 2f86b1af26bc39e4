using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Tests.AppHost;

namespace Shop.Tests.Monitoring;

/// <summary>The rules and the dashboard on the Prometheus of the running Shop.</summary>
[RunningShop]
public sealed partial class ExpressionTests(ShopFixture shop) : IAsyncDisposable
{
    // The dashboard marks what is not Fixed, and full collections run meanwhile.
    private const string Case = "DocumentEvents";
    private const string Service = "documents";
    private static readonly string Dashboard = Path.Combine(Promtool.Folder, "grafana", "dashboards", "shop.json");
    private static readonly string[] Services = ["documents", "gateway", "lab", "orders", "payments", "sessions"];

    public async ValueTask DisposeAsync()
    {
        await shop.App.StopLoadAsync();
        using var lab = await shop.LabAsync(Service);
        await lab.SwitchCaseAsync(Case, "Fixed");
        await lab.ResetCaseAsync(Case);
    }

    /// <summary>A name that is wrong in one letter is an expression that never has a value, and an alert that never fires.</summary>
    [Fact]
    public async Task EveryExpressionOfTheRulesAndTheDashboardReturnsDataUnderLoad()
    {
        using var prometheus = await PrometheusClient.ConnectAsync(shop.App);
        using var lab = await shop.LabAsync(Service);
        await shop.App.StartLoadAsync();
        await lab.SwitchCaseAsync(Case, "Leaky");
        var expressions = (await prometheus.ReadRulesAsync()).SelectMany(OfRule).Concat(OfDashboard())
            .Concat(Services.Select(service => $"up{{service=\"{service}\"}} == 1")).Distinct().ToList();
        Assert.True(expressions.Count >= 30, string.Join('\n', expressions));

        await Eventually.ReadAsync(
            async () => string.Join('\n', await WithoutDataAsync(prometheus, expressions)), text => text.Length == 0, "data");
    }

    private static async Task<IEnumerable<string>> WithoutDataAsync(PrometheusClient prometheus, List<string> expressions)
    {
        var empty = new List<string>();
        foreach (var expression in expressions)
        {
            if (await prometheus.CountAsync(expression) == 0)
                empty.Add(expression);
        }
        return empty;
    }

    // What an alert compares must have a value; the comparison has none while the alert is silent.
    private static IEnumerable<string> OfRule(JsonElement rule)
    {
        var query = rule.GetProperty("query").GetString()!;
        if (rule.GetProperty("type").GetString() == "recording")
            return [query, rule.GetProperty("name").GetString()!];
        var compared = Series().Matches(query).Select(match => match.Value).ToList();
        Assert.True(compared.Count > 0, $"It compares no figure that is recorded: {query}");
        return compared;
    }

    private static IEnumerable<string> OfDashboard()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        var root = dashboard.RootElement;
        var annotations = root.GetProperty("annotations").GetProperty("list").EnumerateArray();
        var targets = root.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.TryGetProperty("targets", out var list) ? list.EnumerateArray() : []);
        return [.. annotations.Concat(targets).Select(query => query.GetProperty("expr").GetString()!.Replace("$service", ".*"))];
    }

    [GeneratedRegex(@"\bservice:\w+(:\w+)?|\bup\b")]
    private static partial Regex Series();
}
