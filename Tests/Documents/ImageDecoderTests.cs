using Shop.Documents.Imaging;
using Shop.Tests.Hostile;

namespace Shop.Tests.Documents;

public sealed class ImageDecoderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoMoreImagesThanTheBoundAreDecodedConcurrently()
    {
        using var decoder = new ImageDecoder();
        using var held = new HeldFiles();
        var decoding = Enumerable.Range(0, ImageDecoder.Concurrent)
            .Select(_ => Task.Run(() => decoder.CheckAsync(held.Create(), Cancellation), Cancellation)).ToArray();
        await held.WaitForAsync(ImageDecoder.Concurrent);
        // With a permit, the call would decode the image and complete synchronously.
        using var file = new MemoryStream(HostilePng.Valid());
        var waiting = decoder.CheckAsync(file, Cancellation);
        Assert.False(waiting.IsCompleted);

        held.Release();
        await Task.WhenAll([.. decoding, waiting]);
    }

    [Theory]
    [InlineData("not a png")]
    [InlineData("fewer pixels")]
    public async Task ARefusedImageReleasesItsPermit(string kind)
    {
        using var decoder = new ImageDecoder();
        using var refused = new MemoryStream(HostilePng.Create(kind));
        for (var index = 0; index <= ImageDecoder.Concurrent; index++)
            await Assert.ThrowsAsync<PngException>(() => decoder.ScaleAsync(refused, Cancellation));
        using var sound = new MemoryStream(HostilePng.Valid());
        var size = await decoder.CheckAsync(sound, Cancellation);

        Assert.Equal((8, 8), (size.Width, size.Height));
    }

    /// <summary>Files whose readers block until <see cref="Release"/>.</summary>
    private sealed class HeldFiles : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private int _begun;

        public Stream Create() => new HeldFile(this);

        public Task<int> WaitForAsync(int count)
            => Eventually.ReadAsync(() => Task.FromResult(Volatile.Read(ref _begun)), begun => begun == count, $"{count} files to be read");

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();

        private sealed class HeldFile(HeldFiles files) : MemoryStream(HostilePng.Valid())
        {
            public override long Length
            {
                get
                {
                    if (!files._released.IsSet)
                        Interlocked.Increment(ref files._begun);
                    files._released.Wait(Cancellation);
                    return base.Length;
                }
            }
        }
    }
}
