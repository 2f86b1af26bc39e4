using System.Diagnostics;
using System.Globalization;
using Shop.Lab.Limits;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>The memory of a control group beside its limit.</summary>
public sealed class ControlGroupTests : IDisposable
{
    private const string Own = "/docker/own";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("shop-groups-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("4:memory:" + Own, "memory/docker/own", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")]
    [InlineData("4:memory:" + Own, "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")]
    [InlineData("0::" + Own, "docker/own", "memory.max", "memory.current", "inactive_file")]
    [InlineData("0::/", "", "memory.max", "memory.current", "inactive_file")]
    public void TheWorkingSetIsWithoutTheInactivePageCache(string line, string folder, string limit, string usage, string cache)
    {
        Write("proc/self/cgroup", $"8:pids:/\n{line}\n");
        Write($"sys/fs/cgroup/{folder}/{limit}", "500\n");
        Write($"sys/fs/cgroup/{folder}/{usage}", "300\n");
        Write($"sys/fs/cgroup/{folder}/memory.stat", $"anon 120\nactive_file 7\n{cache} 100\n");
        var group = ControlGroup.Find(root: _root.FullName);

        Assert.Equal((500, 200), (group?.LimitBytes, group?.ReadWorkingSet()));
    }

    [Fact]
    public void TheGroupIsTheOneWithTheSmallestLimitAmongTheParents()
    {
        Write("proc/self/cgroup", $"0::{Own}\n");
        Write("sys/fs/cgroup/docker/own/memory.max", "max\n");
        Write("sys/fs/cgroup/docker/memory.max", "400\n");

        Assert.Equal(400, ControlGroup.Find(root: _root.FullName)?.LimitBytes);
    }

    [Theory]
    [InlineData("0::/docker/own", "docker/own/memory.max", "max")]
    [InlineData("4:memory:/docker/own", "memory/docker/own/memory.limit_in_bytes", "9223372036854771712")]
    [InlineData("4:cpu:/docker/own", "docker/own/memory.max", "500")]
    [InlineData("", "docker/own/memory.max", "500")]
    public void WithoutALimitedGroupThereIsNone(string line, string file, string limit)
    {
        Write("proc/self/cgroup", line);
        Write($"sys/fs/cgroup/{file}", limit);

        Assert.Null(ControlGroup.Find(root: _root.FullName));
    }

    /// <summary>A real group: reading a file fills the page cache, which the plain usage counts.</summary>
    [Fact]
    public async Task AFileThatAProcessReadsIsInTheUsageButNotInTheWorkingSet()
    {
        const int fileBytes = 64 * 1024 * 1024;
        using var group = MemoryGroup.Create(limit: 256 * 1024 * 1024, out var problem);
        Assert.SkipWhen(group is null, $"No control group can be created here: {problem}");
        var file = Path.Combine(_root.FullName, "file");
        var script = $"echo $$ > {group!.Processes}; head -c {fileBytes} /dev/zero > {file}; echo done; read end";
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("done", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var found = ControlGroup.Find(process.Id.ToString(CultureInfo.InvariantCulture));

            Assert.Equal(256 * 1024 * 1024, found?.LimitBytes);
            Assert.InRange(found!.ReadWorkingSet()!.Value, 1, fileBytes / 2);
            Assert.InRange(group.ReadUsage(), fileBytes, 256 * 1024 * 1024);
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
