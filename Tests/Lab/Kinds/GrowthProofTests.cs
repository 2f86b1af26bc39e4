using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Shop.Lab;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Kinds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Kinds;

/// <summary>The proofs of growth on small cases of this process: Retained and Handles.</summary>
[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
[SuppressMessage("Reliability", "CA2000", Justification = "The small feeds hold nothing.")]
public sealed class GrowthProofTests : IDisposable
{
    /// <summary>Of each kept object.</summary>
    private const long Bytes = 20_000;
    private readonly List<object> _kept = [];
    // The variants are in one process: each is measured alone, from its feed's preparation to the end of its progress.
    private readonly SemaphoreSlim _turn = new(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _kept.OfType<IDisposable>().ToList().ForEach(kept => kept.Dispose());
        _turn.Dispose();
    }

    [Fact]
    public async Task RetainedTypesGrowUnderLeakyOnly()
    {
        var results = await ProveAsync(new(Bytes, typeof(Kept)), () => _kept.Add(new Kept()), () => { });

        Assert.Equal(["Leaky Grows", "Fixed Flat", "Control Flat"], results.Findings());
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
        Assert.Equal("1.00", results[0].Details["Kept per operation"]);
    }

    [Fact]
    public async Task BytesThatGrowWithoutTheTrackedTypeDetectNothing()
    {
        _kept.Add(new Kept());
        var results = await ProveAsync(new(Bytes, typeof(Kept)), () => _kept.Add(new object()), () => { });

        Assert.Equal(["Leaky Inconclusive", "Fixed Flat", "Control Flat"], results.Findings());
    }

    /// <summary>The threshold of the bytes is coarser, a quarter.</summary>
    [Fact]
    public async Task AnInstanceThatFixedKeepsInOneOfTenOperationsIsFound()
    {
        var operations = 0;
        var results = await ProveAsync(new(Bytes, typeof(Kept)), () => _kept.Add(new Kept()), () =>
        {
            if (++operations % 10 == 0)
                _kept.Add(new Kept());
        });

        Assert.Equal(["Leaky Grows", "Fixed Grows", "Control Flat"], results.Findings());
        Assert.Equal("0.10", results[1].Details["Kept per operation"]);
        Assert.InRange(results[1].Value.High, 0, Bytes / 4);
    }

    [Fact]
    public async Task AFigureThatIsFarFromTheMeasuredBytesFailsTheProof()
    {
        var results = await ProveAsync(new(Bytes * 2, typeof(Kept)), () => _kept.Add(new Kept()), () => { });

        Assert.Equal(Finding.Grows, results[0].Finding);
        Assert.False(results[0].IsAsCatalogued);
    }

    [Fact]
    public async Task ATypeThatIsNeverFoundIsAnError()
    {
        var error = await Assert.ThrowsAsync<LabException>(
            () => ProveAsync(new(Bytes, typeof(Kept), typeof(NeverCreated)), () => _kept.Add(new Kept()), () => { }));

        Assert.Contains(typeof(NeverCreated).FullName!, error.Message, StringComparison.Ordinal);
    }

    /// <summary>In a process where nothing else opens a socket.</summary>
    [Fact]
    public async Task HandlesStayOpenUnderLeakyOnly()
    {
        if (!TestProcess.IsHere)
        {
            await TestProcess.RunAsync(GetType());
            return;
        }
        var evidence = new Handles(HandleResource.Sockets, PerOperation: 1, MaxHandles: 1_000);
        var results = await ProveAsync(
            evidence, target => new OpenHandles(target.Probe, evidence.Resource),
            () => _kept.Add(OpenSocket()), () => OpenSocket().Dispose());

        Assert.Equal(["Leaky Grows", "Fixed Flat", "Control Flat"], results.Findings());
        Assert.Equal(new Interval(1, 1, 1), results[0].Value);
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
    }

    /// <summary>A socket is in TIME_WAIT on the side that closed first; those of other variants have other remote addresses.</summary>
    [Fact]
    public async Task SocketsInTimeWaitAreThoseThatTheVariantClosed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a loopback address for each variant.");
        using var leaky = Listen(CaseVariant.Leaky);
        using var @fixed = Listen(CaseVariant.Fixed);
        var evidence = new Handles(HandleResource.TimeWaitSockets, PerOperation: 1, MaxHandles: 1_000);
        var results = await ProveAsync(
            evidence, target => new LeftTimeWaitSockets(target.Probe, Loopback.Of(target.Variant)),
            () => Connect(leaky, isClosedByClient: true), () => Connect(@fixed, isClosedByClient: false));

        Assert.Equal(["Leaky Grows", "Fixed Flat", "Control Flat"], results.Findings());
        Assert.All(results, result => Assert.True(result.IsAsCatalogued));
    }

    /// <summary>In a process where nothing else opens one.</summary>
    [Fact]
    public async Task EachResourceIsCountedByItself()
    {
        if (!TestProcess.IsHere)
        {
            await TestProcess.RunAsync(GetType());
            return;
        }
        // The first one also opens what all of them share.
        using var first = new FileSystemWatcher(Path.GetTempPath()) { EnableRaisingEvents = true };
        var before = Counts();
        using var second = new FileSystemWatcher(Path.GetTempPath()) { EnableRaisingEvents = true };
        using var third = new FileSystemWatcher(Path.GetTempPath()) { EnableRaisingEvents = true };
        var (sockets, inotifyInstances, descriptors) = Counts();

        Assert.Equal((0, 2, 2), (sockets - before.Sockets, inotifyInstances - before.InotifyInstances, descriptors - before.Descriptors));

        static (long Sockets, long InotifyInstances, long Descriptors) Counts()
            => (Count(HandleResource.Sockets), Count(HandleResource.InotifyInstances), Count(HandleResource.Descriptors));

        static long Count(HandleResource resource) => ProcessHandles.Count(Environment.ProcessId, resource);
    }

    private static TcpListener Listen(CaseVariant variant)
    {
        var listener = new TcpListener(Loopback.Of(variant), 0);
        listener.Start();
        return listener;
    }

    private static void Connect(TcpListener server, bool isClosedByClient)
    {
        using var client = new TcpClient();
        client.Connect((IPEndPoint)server.LocalEndpoint);
        using var accepted = server.AcceptTcpClient();
        var (first, second) = isClosedByClient ? (client, accepted) : (accepted, client);
        first.Close();
        // The end of the stream: the second side has received that the first has closed.
        Assert.Equal(0, second.GetStream().Read(new byte[1]));
    }

    private static Socket OpenSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private Task<IReadOnlyList<VariantResult>> ProveAsync(Retained evidence, Action leaky, Action @fixed)
        => ProveAsync(evidence, target => new SmallReading(target.Probe, _kept, evidence.TrackedTypes), leaky, @fixed);

    private Task<IReadOnlyList<VariantResult>> ProveAsync(
        CaseEvidence evidence, Func<IProofTarget, IGrowthReading> readingOf, Action leaky, Action @fixed)
        => new GrowthProof(evidence, window: 50, warmUp: 0, readingOf, EndTurn)
            .RunAsync([Subject(CaseVariant.Leaky, leaky), Subject(CaseVariant.Fixed, @fixed)], Cancellation);

    private ProofSubject Subject(CaseVariant variant, Action operation)
        => new(
            new SmallTarget(variant.Name(), variant) { LiveBytes = () => _kept.Count * Bytes },
            SmallFeed.Of(operation, () => _turn.WaitAsync(Cancellation)));

    private void EndTurn(string name, ProofStep step)
    {
        if (step.Share == 1)
            _turn.Release();
    }

    private sealed class Kept;

    private sealed class SmallReading(IServiceProbe probe, List<object> kept, Type[] trackedTypes) : IGrowthReading
    {
        public Task<long> ReadAsync(CancellationToken cancellationToken) => probe.ReadLiveBytesAsync(cancellationToken);

        public Task<IReadOnlyDictionary<string, long>> CountInstancesAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, long>>(
                trackedTypes.ToDictionary(type => type.FullName!, type => kept.LongCount(type.IsInstanceOfType)));
    }

    private sealed class NeverCreated;
}
