using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Page.Alerts;

/// <summary>The alerts of Prometheus on the page, where the AppHost runs one.</summary>
internal static class AlertsExtensions
{
    private const string Prometheus = "prometheus";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds them; they are read from the address of the connection string <c>prometheus</c>.</summary>
    /// <param name="builder">The page's.</param>
    /// <param name="dumps">Where the dumps of the diagnoses are kept; null for nowhere.</param>
    public static void AddAlerts(this WebApplicationBuilder builder, DumpKeeping? dumps)
    {
        var address = builder.Configuration.GetConnectionString(Prometheus);
        builder.Services.AddSingleton(new AlertBoard(address is not null));
        builder.Services.AddSingleton(services => new DiagnosisFolder(DefaultFolder(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new AlertDiagnoses(
            services.GetRequiredService<IWatchedServices>(), services.GetRequiredService<DiagnosisFolder>(), dumps,
            services.GetRequiredService<TimeProvider>()));
        if (address is null)
            return;
        builder.Services.AddHostedService(services => services.GetRequiredService<AlertDiagnoses>());
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<AlertFeed>(
            services, new HttpClient { BaseAddress = new Uri(address), Timeout = Timeout }));
    }

    private static string DefaultFolder()
        => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "shop-lab", "diagnoses");
}
