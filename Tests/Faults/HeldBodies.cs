using System.Net;
using System.Net.Http.Headers;

namespace Shop.Tests.Faults;

/// <summary>Makes bodies of requests that begin at once and end only when they are let go: until then the requests are under way.</summary>
internal sealed class HeldBodies
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 200)];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public HttpContent Create() => new HeldBody(this);

    /// <summary>Waits until so many have begun.</summary>
    public Task WaitForAsync(int count) => Eventually.ReadAsync(() => Task.FromResult(Volatile.Read(ref _begun)), begun => begun >= count, $"{count} requests to begin");

    public void Release() => _release.SetResult();

    private sealed class HeldBody : HttpContent
    {
        private readonly HeldBodies _bodies;

        public HeldBody(HeldBodies bodies)
        {
            _bodies = bodies;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("{"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            Interlocked.Increment(ref _bodies._begun);
            // Fast enough for Kestrel, which gives up bodies that bring less than 240 bytes a second.
            while (await Task.WhenAny(_bodies._release.Task, Task.Delay(Pause, cancellationToken)) != _bodies._release.Task)
            {
                await stream.WriteAsync(Blanks, cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
            await stream.WriteAsync("}"u8.ToArray(), cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
