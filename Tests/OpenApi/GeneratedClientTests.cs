using System.Reflection;
using Aspire.Hosting.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Shop.Lab.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Hostile;

namespace Shop.Tests.OpenApi;

/// <summary>Clients generated from the running Shop's documents compile, and buy something.</summary>
[RunningShop]
public sealed class GeneratedClientTests(ShopFixture shop)
{
    private static readonly string[] Services = ["sessions", "orders", "payments", "documents"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AGeneratedClientBuysSomething()
    {
        var sources = new List<string> { ReadPurchase() };
        foreach (var service in Services)
            sources.Add(await GenerateAsync(service));
        var buy = Compile(sources).GetType("Shop.Generated.Purchase")!.GetMethod("BuyAsync")!;
        var clients = Services.ToDictionary(service => service, service => shop.App.CreateHttpClient(service));

        using var image = new MemoryStream(HostilePng.Create("valid"));
        var bought = await (Task<string>)buy.Invoke(null, [clients, image, Cancellation])!;

        Assert.Matches(
            @"\A2 of SKU-0001 for \d+\.\d+, (Settled|Declined); payment \1; 1 order, export of 1 line; "
            + "content 200, thumbnail 200, preview True, report True, Upload; 404 Not Found\\z", bought);
    }

    private async Task<string> GenerateAsync(string service)
    {
        using var client = shop.App.CreateHttpClient(service);
        var document = await OpenApiDocument.FromJsonAsync(await client.GetStringAsync("/openapi/v1.json", Cancellation), Cancellation);
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = $"{CaseStudies.ProjectOf(service)}Client",
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
        };
        settings.CSharpGeneratorSettings.Namespace = $"Shop.Generated.{CaseStudies.ProjectOf(service)}";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(IEnumerable<string> sources)
    {
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "GeneratedClients", sources.Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: Cancellation)),
            assemblies.Select(assembly => MetadataReference.CreateFromFile(assembly)), new(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: Cancellation);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(assembly.ToArray());
    }

    private static string ReadPurchase()
    {
        using var reader = new StreamReader(typeof(GeneratedClientTests).Assembly.GetManifestResourceStream("Purchase.cs")!);
        return reader.ReadToEnd();
    }
}
