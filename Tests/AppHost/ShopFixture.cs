using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Shop.Tests.AppHost;

/// <summary>The tests that share one running Shop; they run sequentially.</summary>
[CollectionDefinition(Name)]
public sealed class ShopTests : ICollectionFixture<ShopFixture>
{
    public const string Name = "The running Shop";
}

/// <summary>The whole Shop, started through the AppHost's entry point, with the dashboard for its telemetry API.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    // High enough that a few orders are declined.
    private const string DeclineRate = "0.2";
    /// <summary>Small enough that a test can fill the cache.</summary>
    internal const int DocumentCacheCapacity = 4;
    /// <summary>Small enough that a test can fill the cache.</summary>
    internal const int PreviewsCapacity = 4;
    /// <summary>Small enough that a test can fill the cache.</summary>
    internal const int ThumbnailsCapacity = 4;

    /// <summary>Small enough that a test can fill the queue of the activity log.</summary>
    internal const int ActivityLogCapacity = 4;

    /// <summary>Small enough that a customer can reach the limit of series with one cart.</summary>
    internal const int ActivityMetricsCapacity = 40;

    private const string TelemetryKey = "tests-telemetry-key";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    internal static readonly string[] Services = ["gateway", "sessions", "orders", "payments", "documents", "lab"];

    // Servers keep their data across a restart, even as containers, where each start creates a new one.
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("shop-tests-");
    private DistributedApplication? _app;

    internal DistributedApplication App => _app ?? throw new InvalidOperationException("The Shop has not been started.");

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Shop:Data={_data.FullName}", "--Shop:Monitoring=true"], (options, _) => options.DisableDashboard = false, timeout.Token);
        builder.Configuration["AppHost:DashboardApiKey"] = TelemetryKey;
        builder.Project("gateway").WithEnvironment("Gateway__DeclineRate", DeclineRate);
        LimitCase(builder, "documents", "DocumentCache", DocumentCacheCapacity);
        LimitCase(builder, "documents", "Previews", PreviewsCapacity);
        LimitCase(builder, "documents", "Thumbnails", ThumbnailsCapacity);
        LimitCase(builder, "sessions", "ActivityLog", ActivityLogCapacity);
        LimitCase(builder, "sessions", "ActivityMetrics", ActivityMetricsCapacity);
        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await _app.WaitForHealthyAsync(Services);
        await WarmUpAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        try
        {
            _data.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A container's user owns files in it; the operating system cleans its temporary folder.
        }
    }

    /// <summary>A client of the dashboard's telemetry API.</summary>
    internal HttpClient Telemetry()
    {
        var client = App.CreateHttpClient("aspire-dashboard");
        client.DefaultRequestHeaders.Add("x-api-key", TelemetryKey);
        return client;
    }

    /// <summary>A client of a service's lab routes, with the key of this run.</summary>
    internal async Task<HttpClient> LabAsync(string service)
    {
        var client = App.CreateHttpClient(service);
        client.DefaultRequestHeaders.Add("X-Lab-Key", await App.LabKeyAsync());
        return client;
    }

    // The first requests of a cold service may take so long that another one answers 503.
    internal static async Task WarmUpAsync(DistributedApplication app)
    {
        using var sessions = app.CreateHttpClient("sessions");
        await ServedAsync(() => sessions.PostAsJsonAsync("/sessions", new { customerId = "warm-up" }));
        using var customer = await TestCustomer.LogInAsync(app, "warm-up");
        await ServedAsync(() => customer.Orders.GetAsync("/orders"));
        await ServedAsync(() => customer.Payments.GetAsync($"/payments/{Guid.NewGuid()}"));
        await ServedAsync(() => customer.Documents.GetAsync("/documents"));
    }

    private static async Task ServedAsync(Func<Task<HttpResponseMessage>> request)
    {
        await Eventually.ReadAsync(StatusAsync, status => status != HttpStatusCode.ServiceUnavailable, "a cold service");

        async Task<HttpStatusCode> StatusAsync()
        {
            using var response = await request();
            return response.StatusCode;
        }
    }

    private static void LimitCase(IDistributedApplicationBuilder builder, string service, string @case, int capacity)
        => builder.Project(service).WithEnvironment($"Cases__{@case}__Capacity", capacity.ToString(CultureInfo.InvariantCulture));
}
