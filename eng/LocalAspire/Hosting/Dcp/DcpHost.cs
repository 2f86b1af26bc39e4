using System.Security.Cryptography.X509Certificates;

namespace LocalAspire.Dcp;

/// <summary>The genuine orchestrator, started for this AppHost only. It ends by itself, with all it started, when the AppHost is gone.</summary>
internal sealed partial class DcpHost(string folder, DcpClient client) : IAsyncDisposable
{
    // These belong to the AppHost; services would inherit them through the orchestrator.
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];

    public DcpClient Client { get; } = client;

    public static async Task<DcpHost> StartAsync(string dcp, string folder, CancellationToken cancellation)
    {
        string InFolder(string name) => Path.Combine(folder, name);
        var certificate = CreateCertificate(InFolder("dcp.crt"), InFolder("dcp.key"));
        var start = new Command(dcp, "start-apiserver", "--monitor", $"{Environment.ProcessId}", "--detach", "--kubeconfig", InFolder("kubeconfig"),
            "--tls-cert-file", InFolder("dcp.crt"), "--tls-key-file", InFolder("dcp.key"))
        {
            Remedy = $"It must be a program that this user may run: chmod u+x {dcp}",
            Environment = new(NotInherited.ToDictionary(name => name, _ => (string?)null)) { ["DCP_SESSION_FOLDER"] = folder },
            Timeout = TimeSpan.FromSeconds(30),
        };
        await start.RunAsync("The orchestrator did not start", cancellation);
        return new DcpHost(folder, await ConnectAsync(dcp, InFolder("kubeconfig"), certificate, cancellation));
    }

    /// <summary>Ends every process of the application. When none is left the orchestrator deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(25));
        try
        {
            await Client.ShutDownAsync(limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or DistributedApplicationException)
        {
            // It may close the connection before it answers, or be gone already.
        }
        while ((Directory.Exists(folder) || await Client.IsReadyAsync(limit.Token)) && !limit.IsCancellationRequested)
            await Task.Delay(50, CancellationToken.None);
        Client.Dispose();
    }

    // With an elliptic key of our own it is up in 0.2 s; the RSA key it would make takes more than a second.
    private static X509Certificate2 CreateCertificate(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    // The file may be seen half written, and the server behind it be still on its way.
    private static async Task<DcpClient> ConnectAsync(string dcp, string kubeconfig, X509Certificate2 certificate, CancellationToken cancellation)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(20, cancellation))
        {
            if (!File.Exists(kubeconfig) || Kubeconfig().Match(await File.ReadAllTextAsync(kubeconfig, cancellation)) is not { Success: true } parts)
                continue;
            var client = new DcpClient(new Uri(parts.Groups["server"].Value + "/"), parts.Groups["token"].Value, certificate);
            if (await client.IsReadyAsync(cancellation))
                return client;
            client.Dispose();
        }
        throw new DistributedApplicationException($"The orchestrator {dcp} did not answer within 30 seconds. Try it by hand: {dcp} info");
    }

    [GeneratedRegex("""server: "?(?<server>https://[^"\s]+)"?\s.*token: "?(?<token>\w{16,})"?\s""", RegexOptions.Singleline)]
    private static partial Regex Kubeconfig();
}
