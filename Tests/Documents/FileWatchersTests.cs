using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Documents.Data;
using Shop.Documents.FileWatchers;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The behaviour of the variants, and the inotify instances that they leave. Where those are counted, nothing else runs.</summary>
public sealed class FileWatchersTests : CaseContract
{
    private const int Instances = 20;
    private static readonly UserNamespace _fewInstances = new([], $"echo {Instances} > /proc/sys/user/max_inotify_instances");
    private readonly LogRecorder _log = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("shop-templates-");

    private protected override IFileWatchers Current => Services.GetRequiredService<CaseSwitch<IFileWatchers>>().Current;

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        await WriteAsync(DocumentKind.Invoice, "invoice\n");
        await WriteAsync(DocumentKind.Upload, "upload\n");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task ReadsLeaveAnInstanceEachUnderLeakyOnlyUntilAResetOrTheHostsEnd()
    {
        if (!TestProcess.IsHere)
        {
            await _fewInstances.RunAsync(GetType());
            return;
        }
        Read(Instances);
        Assert.Equal((0, 1), (Switch.HeldItems, Count()));
        Switch.Select(CaseVariant.Leaky);
        Read(Instances / 4);
        Assert.Equal((Instances / 4, 1 + (Instances / 4)), (Switch.HeldItems, Count()));
        Switch.Reset();
        Assert.Equal(0, Switch.HeldItems);
        await WaitForAsync(1);

        Read(Instances / 4);
        await EndAsync();
        await WaitForAsync(0);
    }

    /// <summary>The incident, with 20 instances instead of 128.</summary>
    [Fact]
    public async Task AtTheUsersLimitReadsFailUnderLeakyAndSoDoesTheReloadOfAnyConfiguration()
    {
        if (!TestProcess.IsHere)
        {
            await _fewInstances.RunAsync(GetType());
            return;
        }
        ReadConfiguration();
        Switch.Select(CaseVariant.Leaky);
        Assert.Throws<IOException>(() => Read(2 * Instances));

        Assert.Equal(Instances, Count());
        Assert.Contains("inotify", Assert.Throws<IOException>(ReadConfiguration).Message, StringComparison.Ordinal);
        Switch.Select(CaseVariant.Fixed);
        Read(Instances);
        Switch.Reset();
        await Eventually.ReadAsync(
            () => Task.FromResult(Record.Exception(ReadConfiguration)), exception => exception is null, "the reload of configuration");
    }

    /// <summary>Then the titles are those of the templates as they were at the start.</summary>
    [Fact]
    public async Task FixedStartsWithoutAnInstance()
    {
        if (!TestProcess.IsHere)
        {
            await _fewInstances.RunAsync(GetType());
            return;
        }
        var others = Enumerable.Range(0, Instances).Select(_ => new FileSystemWatcher(Folder) { EnableRaisingEvents = true }).ToList();

        Assert.Equal("upload", Current.TemplateOf(DocumentKind.Upload));
        Assert.IsType<IOException>(Assert.Single(_log.Exceptions));
        others.ForEach(other => other.Dispose());
    }

    /// <summary>The article's own code, which leaked when it was written: nobody keeps what it watches.</summary>
    [Fact]
    public async Task AProviderThatIsDroppedLeavesNoInstanceAfterACollection()
    {
        if (!TestProcess.IsHere)
        {
            await _fewInstances.RunAsync(GetType());
            return;
        }
        for (var request = 0; request < Instances; request++)
        {
#pragma warning disable CA2000 // That it is not disposed is the question.
            new PhysicalFileProvider(Folder).Watch("*.*");
#pragma warning restore CA2000
        }
        Assert.InRange(Count(), 1, Instances);

        await Eventually.ReadAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Task.FromResult(Count());
        }, count => count == 0, "the finalizers");
    }

    /// <summary>It may be about to be replaced; if not, the log says so.</summary>
    [Theory, Variants]
    public async Task ATemplateThatIsMissingIsKept(CaseVariant variant)
    {
        Switch.Select(variant);
        Current.TemplateOf(DocumentKind.Invoice);
        File.Delete(FileOf(DocumentKind.Upload));
        await Eventually.ReadAsync(
            () => Task.FromResult(_log.Exceptions), exceptions => exceptions.OfType<FileNotFoundException>().Any(), "a warning");
        Assert.Equal("upload", Current.TemplateOf(DocumentKind.Upload));
        await WriteAsync(DocumentKind.Upload, "new upload");

        await Eventually.ReadAsync(
            () => Task.FromResult(Current.TemplateOf(DocumentKind.Upload)), text => text == "new upload", "the new template");
    }

    [Fact]
    public async Task AServiceWithoutItsTemplatesDoesNotStart()
    {
        File.Delete(FileOf(DocumentKind.Upload));

        Assert.Throws<FileNotFoundException>(() => Switch);
        await EndAsync();
    }

    [Fact]
    public void TheFuseTripsAboveItsLimitOfWatches()
    {
        Switch.Select(CaseVariant.Leaky);
        Read(Fuse);
        Assert.False(Switch.TestFuse());
        Read(1);

        Assert.True(Switch.TestFuse());
        Assert.IsType<FixedFileWatchers>(Current);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Environment.ContentRootPath = _root.FullName;
        builder.Services.AddSingleton<IHostEnvironment>(builder.Environment).AddMetrics();
        builder.Services.AddLogging(logging => logging.AddProvider(_log));
        cases.Add<FileWatchersCase>();
    }

    /// <summary>Edits are seen, each of them.</summary>
    private protected override async Task BehaveAsync()
    {
        Assert.Equal("invoice", Current.TemplateOf(DocumentKind.Invoice));
        Assert.Equal("upload", Current.TemplateOf(DocumentKind.Upload));
        foreach (var text in new[] { "edited", "edited again", "invoice" })
        {
            await WriteAsync(DocumentKind.Invoice, text);
            await Eventually.ReadAsync(
                () => Task.FromResult(Current.TemplateOf(DocumentKind.Invoice)), current => current == text, "the edited template");
        }
    }

    private static long Count() => ProcessHandles.Count(Environment.ProcessId, HandleResource.InotifyInstances);

    // An instance is closed by the thread that reads its events, and returned to the user by the operating system some time later.
    private static Task<long> WaitForAsync(int instances)
        => Eventually.ReadAsync(() => Task.FromResult(Count()), count => count == instances, $"{instances} instances");

    private string Folder => Path.Combine(_root.FullName, "Templates");

    private string FileOf(DocumentKind kind) => Path.Combine(Folder, $"{kind}.txt");

    private Task WriteAsync(DocumentKind kind, string text) => File.WriteAllTextAsync(FileOf(kind), text, Cancellation);

    private void Read(int count)
    {
        for (var read = 0; read < count; read++)
            Current.TemplateOf(DocumentKind.Invoice);
    }

    // As a service does at its start.
    private void ReadConfiguration()
    {
        var file = Path.Combine(_root.FullName, "appsettings.json");
        File.WriteAllText(file, "{}");
        using var provider = new PhysicalFileProvider(_root.FullName);
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder()
            .AddJsonFile(provider, "appsettings.json", optional: false, reloadOnChange: true).Build();
    }
}
