using Aspire.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Shop.Tests.Servers;

public sealed class RunFolderTests
{
    [Fact]
    public void ItIsDeletedWithItsRun()
    {
        var lifetime = Lifetime();
        using var folder = new RunFolder(lifetime);
        var data = Directory.CreateDirectory(folder.Of("redis"));
        lifetime.StopApplication();
        Assert.True(data.Exists);

        lifetime.NotifyStopped();

        Assert.False(Directory.Exists(data.Parent!.FullName));
    }

    [Fact]
    public void TheNextStartDeletesWhatAKilledRunLeftAndNothingElse()
    {
        using var running = new RunFolder(Lifetime());
        var abandoned = Directory.CreateTempSubdirectory("aspire-servers-");
        File.WriteAllText(Path.Combine(abandoned.FullName, "lock"), "");
        var beingMade = Directory.CreateTempSubdirectory("aspire-servers-");

        using var next = new RunFolder(Lifetime());

        Assert.False(Directory.Exists(abandoned.FullName));
        Assert.True(Directory.Exists(Path.GetDirectoryName(running.Of("redis"))));
        Assert.True(Directory.Exists(beingMade.FullName));
        beingMade.Delete();
    }

    private static ApplicationLifetime Lifetime() => new(NullLogger<ApplicationLifetime>.Instance);
}
