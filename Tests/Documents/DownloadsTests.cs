using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents;
using Shop.Documents.Downloads;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>What the variants send, what they allocate, and the defects of Published.</summary>
public sealed class DownloadsTests : AllocatedContract
{
    private const int LargeObjectBytes = 85_000;
    private static readonly byte[] File = FileOf('f', (int)DownloadsCase.Study.Evidence.Expected!.Value);

    private protected override IDownloads Current => Services.GetRequiredService<CaseSwitch<IDownloads>>().Current;

    private ContentBuffers Buffers => Services.GetRequiredService<ContentBuffers>();

    [Theory, Variants]
    public async Task AFailedReadFailsTheDownload(CaseVariant variant)
    {
        Switch.Select(variant);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Current.ReadAsync(1, new DefaultHttpContext().Response, (_, _) => throw new InvalidDataException(), Cancellation));
    }

    /// <summary>As many bytes as the pool retains: all of them are rented.</summary>
    [Fact]
    public void FixedAllocatesNoLargeArrayWithinTheBoundOfThePool()
    {
        var file = FileOf('f', (int)ContentBuffers.MaxFreeBytes);

        Assert.InRange(Allocated(() => Send(file)), 0, LargeObjectBytes - 1);
    }

    /// <summary>The blocks are returned when the body has been sent, and also when the file could not be read.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FixedReturnsWhatItRented(bool canBeRead)
    {
        if (canBeRead)
            Send(File);
        else
            await Assert.ThrowsAsync<InvalidDataException>(FailAsync);

        Assert.Equal(0, Buffers.UsedBytes);

        Task FailAsync() => Current.ReadAsync(File.Length, new DefaultHttpContext().Response, (stream, _) =>
        {
            stream.Write(File);
            Assert.NotEqual(0, Buffers.UsedBytes);
            throw new InvalidDataException();
        }, Cancellation);
    }

    /// <summary>The rented array is longer than the file: its end still contains the previous customer's.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void ADownloadContainsNothingOfAnotherCustomersFile(CaseVariant variant, bool containsAnothers)
    {
        Switch.Select(variant);
        var ada = Download(FileOf('a', 16_000));
        var bob = Encoding.ASCII.GetString(Download(FileOf('b', 10_000)));

        Assert.Equal(16_000, ada.Count(letter => letter == 'a'));
        Assert.Equal(new string('b', 10_000), bob[..10_000]);
        Assert.Equal(containsAnothers, bob.Contains('a', StringComparison.Ordinal));
        Assert.Equal(containsAnothers ? 16_384 : 10_000, bob.Length);
    }

    /// <summary><c>ArrayPool.Create()</c> pools arrays of at most 1 MB.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void AFileOfTwoMegabytesIsPooled(CaseVariant variant, bool isAllocated)
    {
        const int size = 2 * 1024 * 1024;
        Switch.Select(variant);
        var file = FileOf('f', size);

        Assert.Equal(isAllocated, Allocated(() => Send(file)) >= size);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics().AddSingleton<ContentBuffers>();
        cases.Add<DownloadsCase>();
        builder.Services.AddKeyedSingleton<IDownloads, PublishedDownloads>(CaseVariant.Published);
    }

    /// <summary>The body is exactly the file, whatever was sent before.</summary>
    private protected override Task BehaveAsync()
    {
        foreach (var size in new[] { 0, 1, 84_975, 84_976, 300_000, 10_000 })
        {
            var file = FileOf((char)('a' + (size % 26)), size);
            Assert.Equal(file, Download(file));
        }
        return Task.CompletedTask;
    }

    private protected override void Operate() => Send(File);

    private void Send(byte[] file) => Download(file, Stream.Null);

    private byte[] Download(byte[] file)
    {
        using var received = new MemoryStream();
        Download(file, received);
        return received.ToArray();
    }

    // All of it completes synchronously, so all allocations are on this thread.
    private void Download(byte[] file, Stream client)
    {
        var ended = new ResponseFeature();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(ended);
        var read = Current.ReadAsync(file.Length, context.Response, (stream, _) =>
        {
            // As the database does: a first attempt may have failed.
            stream.Write("failed"u8[..Math.Min(6, file.Length)]);
            stream.SetLength(0);
            stream.Write(file);
            stream.Position = 0;
            return Task.CompletedTask;
        }, CancellationToken.None);
        Assert.True(read.IsCompletedSuccessfully);
        using (var body = read.Result)
            body.CopyTo(client);
        ended.Complete();
    }

    private static byte[] FileOf(char letter, int size)
    {
        var file = new byte[size];
        Array.Fill(file, (byte)letter);
        return file;
    }

    /// <summary>Runs what was registered for the end of the response.</summary>
    private sealed class ResponseFeature : HttpResponseFeature
    {
        private Action? _completed;

        public override void OnCompleted(Func<object, Task> callback, object state)
            => _completed += () => Assert.True(callback(state).IsCompletedSuccessfully);

        public void Complete() => _completed?.Invoke();
    }
}
