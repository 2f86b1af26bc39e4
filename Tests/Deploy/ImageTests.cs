using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Shop.Lab;
using Shop.Tests.AppHost;
using Shop.Tests.Lab;

namespace Shop.Tests.Deploy;

/// <summary>
/// The images as far as they can be checked without a registry: their properties, and the published files in a root file system that is
/// read-only, with the runtime and the C library beside them and as the image's user. Documents asks most of it: it renders with a native
/// library and keeps files.
/// </summary>
[RunningShop]
public sealed class ImageTests(ShopFixture shop) : IDisposable
{
    // As root of a namespace of its own: the system's libraries, the runtime and the published files, read-only; only /tmp can be written.
    // Then, in a namespace inside, as the user. A shell drops variables with a hyphen in their names, so they are arguments.
    private const string Start = """
        root=$1 app=$2 dotnet=$3 user=$4
        shift 4
        mount -t tmpfs tmpfs "$root"
        mkdir "$root/app" "$root/dotnet" "$root/usr" "$root/etc" "$root/dev" "$root/proc" "$root/tmp"
        for link in bin lib lib64; do ln -s "usr/$link" "$root/$link"; done
        cp /etc/hosts /etc/passwd "$root/etc"
        mount --bind "$app" "$root/app"; mount --bind "$dotnet" "$root/dotnet"; mount --rbind /usr "$root/usr"
        mount --rbind /dev "$root/dev"; mount --rbind /proc "$root/proc"
        mount -t tmpfs -o mode=1777,size=512m tmpfs "$root/tmp"
        for folder in "$root/app" "$root/dotnet" "$root/usr"; do mount -o remount,bind,ro "$folder"; done
        mount -o remount,bind,ro "$root"
        ! touch "$root/app/written" "$root/written" 2>/dev/null || exit 90
        exec unshare --user --map-user="$user" --map-group="$user" --root="$root" --wd=/app env "$@" /dotnet/dotnet /app/Documents.dll
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ThePublishedFilesServeInAReadOnlyFileSystemAsTheImagesUser()
    {
        var image = await PublishAsync();
        Assert.EndsWith("-chiseled", image.GetProperty("ContainerBaseImage").GetString(), StringComparison.Ordinal);
        Assert.Equal("shop/documents", image.GetProperty("ContainerRepository").GetString());
        var user = image.GetProperty("ContainerUser").GetString()!;
        var deployments = (await Manifests.BuildAsync("fixed")).Deployments;
        Assert.All(deployments, deployment => Assert.Equal(user, $"{deployment.Spec.Template.Spec.SecurityContext.RunAsUser}"));

        await using var documents = LabProcess.Start("unshare", [.. Arguments(user), .. await EnvironmentAsync()]);
        using var client = new HttpClient { BaseAddress = await documents.ReadAddressAsync() };
        await Eventually.ReadAsync(
            () => client.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation), text => text == "Healthy", "health");
        using var customer = await TestCustomer.LogInAsync(shop.App, "image");
        var document = await customer.UploadAsync();
        client.DefaultRequestHeaders.Add("X-Session-Id", customer.SessionId);
        Assert.NotEmpty(await client.GetByteArrayAsync(new Uri($"/documents/{document}/thumbnail", UriKind.Relative), Cancellation));
        var map = await File.ReadAllTextAsync($"/proc/{documents.Id}/uid_map", Cancellation);
        Assert.Equal(user, map.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
        await documents.SignalAsync("TERM");
        Assert.Equal(0, (await documents.EndAsync()).ExitCode);
    }

    private async Task<JsonElement> PublishAsync()
    {
        var (exitCode, output) = await Repository.RunAsync("dotnet",
            ["msbuild", "Documents", "-restore", "-t:Publish;ComputeContainerBaseImage", "-p:Configuration=Release",
             $"-p:PublishDir={_folder}/app/", "-getProperty:ContainerBaseImage", "-getProperty:ContainerRepository",
             "-getProperty:ContainerUser", "-nodeReuse:false"],
            Repository.Folder, Cancellation);
        Assert.True(exitCode == 0, output);
        return JsonDocument.Parse(output).RootElement.GetProperty("Properties");
    }

    private string[] Arguments(string user)
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;
        // shared/Microsoft.NETCore.App/<version> of the runtime that runs the tests.
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return ["--map-root-user", "--mount", "sh", "-euc", Start, "sh", root, Path.Combine(_folder, "app"), runtime, user];
    }

    /// <summary>That of the Shop's own documents, with another port.</summary>
    private async Task<IEnumerable<string>> EnvironmentAsync()
    {
        using var lab = await shop.LabAsync("documents");
        var id = (await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
        var environment = await File.ReadAllTextAsync($"/proc/{id}/environ", Cancellation);
        string[] own = environment.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return [.. own, "ASPNETCORE_URLS=http://127.0.0.1:0", "Thumbnails__Folder=/tmp/thumbnails"];
    }
}
