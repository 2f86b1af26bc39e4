using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many watches a document's metadata leave, and the gauge of their inotify instances.</summary>
public sealed partial class FileWatchersFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Requests = 10;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "file-watchers");
        var id = await customer.UploadAsync();
        using var documents = Shop.App.CreateHttpClient("documents");
        using var lab = await Shop.LabAsync(Study.Service);
        var process = (await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
        var before = ProcessHandles.Count(process, HandleResource.InotifyInstances);
        for (var request = 0; request < Requests; request++)
        {
            var document = await customer.Documents.GetFromJsonAsync<JsonElement>($"/documents/{id}", Cancellation);
            Assert.StartsWith("Upload of ", document.GetProperty("title").GetString(), StringComparison.Ordinal);
        }

        var open = ProcessHandles.Count(process, HandleResource.InotifyInstances);
        Assert.Equal(Holds(variant).Least, open - before);
        // The exporter repeats its last answer for a moment.
        await Eventually.ReadAsync(() => ReadGaugeAsync(documents), gauge => gauge == open, $"the gauge to be {open}");
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Requests, Requests) : (0, 0);

    private static async Task<long> ReadGaugeAsync(HttpClient documents)
    {
        var metrics = await documents.GetStringAsync("/metrics", Cancellation);
        return long.Parse(Instances().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^shop_documents_inotify_instances(?:\{[^}]*\})? (\d+)", RegexOptions.Multiline)]
    private static partial Regex Instances();
}
