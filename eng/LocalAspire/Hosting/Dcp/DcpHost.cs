using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using LocalAspire.Orchestration;
using LocalAspire.Tools;

namespace LocalAspire.Dcp;

/// <summary>The genuine orchestrator, started for this AppHost only. It ends by itself, with all it started, when the AppHost is gone.</summary>
internal sealed partial class DcpHost : IAsyncDisposable
{
    // These belong to the AppHost; services would inherit them through the orchestrator.
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];

    private readonly RunFolder _folder;
    private readonly X509Certificate2 _certificate;

    private DcpHost(RunFolder folder, X509Certificate2 certificate, DcpClient client) => (_folder, _certificate, Client) = (folder, certificate, client);

    public DcpClient Client { get; }

    private static string Session(RunFolder folder) => Path.Combine(folder.Path, "session");

    public static async Task<DcpHost> StartAsync(AspireBundle bundle, RunFolder folder, CancellationToken cancellation)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder.Path, "dcp.crt"), Path.Combine(folder.Path, "dcp.key"));
        var kubeconfig = Path.Combine(folder.Path, "kubeconfig");
        var certificate = CreateCertificate(certificateFile, keyFile);
        Directory.CreateDirectory(Session(folder));
        await LaunchAsync(bundle.DcpPath, Session(folder), cancellation, "start-apiserver", "--monitor", $"{Environment.ProcessId}", "--detach",
            "--kubeconfig", kubeconfig, "--tls-cert-file", certificateFile, "--tls-key-file", keyFile);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var (server, token) = await ReadKubeconfigAsync(kubeconfig, limit.Token);
            var host = new DcpHost(folder, certificate, new DcpClient(server, token, certificate));
            while (!await host.Client.IsReadyAsync(limit.Token))
                await Task.Delay(20, limit.Token);
            return host;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"The orchestrator {bundle.DcpPath} did not answer within 30 seconds. Try it by hand: {bundle.DcpPath} info");
        }
    }

    /// <summary>Ends every process of the application and waits until none is left.</summary>
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
        while ((Directory.Exists(Session(_folder)) || _folder.IsNamedByAProcess()) && !limit.IsCancellationRequested)
            await Task.Delay(50, CancellationToken.None);
        Client.Dispose();
        _certificate.Dispose();
    }

    // With an elliptic key of our own it is up in 0.2 s; the RSA key it would make takes more than a second.
    private static X509Certificate2 CreateCertificate(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static async Task LaunchAsync(string dcp, string session, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(dcp, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DCP_SESSION_FOLDER"] = session;
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new DistributedApplicationException($"The orchestrator {dcp} ended with code {process.ExitCode}: {(await output + await error).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new DistributedApplicationException($"The orchestrator {dcp} can't be run: {exception.Message}. It must be executable for this user.", exception);
        }
    }

    // The file may be seen half written: it counts once all of its parts are there.
    private static async Task<(Uri Server, string Token)> ReadKubeconfigAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            var text = File.Exists(path) ? await File.ReadAllTextAsync(path, Encoding.UTF8, cancellation) : "";
            var (server, token) = (ServerLine().Match(text), TokenLine().Match(text));
            if (server.Success && token.Success)
                return (new Uri(server.Groups[1].Value + "/"), token.Groups[1].Value);
            await Task.Delay(10, cancellation);
        }
    }

    [GeneratedRegex(@"server:\s*""?(https://\S+?)""?\s*\n")]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"token:\s*""?(\w{16,})""?\s*\n")]
    private static partial Regex TokenLine();
}
