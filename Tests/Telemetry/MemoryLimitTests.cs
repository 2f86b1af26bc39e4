using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

public sealed class MemoryLimitTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void TheSmallestLimitOnTheWayUpCounts()
    {
        Write("memory.max", "max");
        Write("services/memory.max", "209715200");
        Write("services/orders/memory.max", "419430400");
        Assert.Equal(209_715_200, Read("0::/services/orders"));
    }

    [Fact]
    public void AGroupWithoutLimitHasNone()
    {
        Write("memory.max", "max");
        Assert.Null(Read("0::/"));
    }

    [Fact]
    public void VersionOneHasItsOwnFolderAndNumberForNone()
    {
        Write("memory/memory.limit_in_bytes", "9223372036854771712");
        Assert.Null(Read("3:cpu,cpuacct:/other", "5:memory:/"));
        Write("memory/docker/1/memory.limit_in_bytes", "104857600");
        Assert.Equal(104_857_600, Read("3:cpu,cpuacct:/other", "5:memory:/docker/1"));
    }

    [Fact]
    public void APathOfTheHostThatIsNotHereLeavesTheTop()
    {
        Write("memory.max", "314572800");
        Assert.Equal(314_572_800, Read("0::/../../system.slice/docker-1.scope"));
    }

    [Fact]
    public void ASystemWithoutGroupsHasNoLimit() => Assert.Null(MemoryLimit.Read(Path.Combine(_root, "none"), _root).Bytes);

    private long? Read(params string[] membership)
    {
        Write("membership", string.Join('\n', membership) + "\n");
        return MemoryLimit.Read(Path.Combine(_root, "membership"), _root).Bytes;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content + "\n");
    }
}
