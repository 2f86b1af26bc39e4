using System.Net;
using System.Net.Http.Headers;

namespace Shop.Tests.Faults;

/// <summary>Creates request bodies that start at once and end only after their release; until then the requests are in progress.</summary>
internal sealed class StalledBodies
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Spaces = [.. Enumerable.Repeat((byte)' ', 2_000)];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    public HttpContent Create() => new StalledBody(this);

    /// <summary>Waits until the given number of bodies have started.</summary>
    public Task WaitForAsync(int count)
        => Eventually.ReadAsync(
            () => Task.FromResult(Volatile.Read(ref _started)), started => started >= count, $"{count} requests to start");

    public void Release() => _release.SetResult();

    private sealed class StalledBody : HttpContent
    {
        private readonly StalledBodies _bodies;

        public StalledBody(StalledBodies bodies)
        {
            _bodies = bodies;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
            => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("{"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            Interlocked.Increment(ref _bodies._started);
            // Fast enough for Kestrel, which aborts requests whose body arrives at less than 16 KB per second.
            while (await Task.WhenAny(_bodies._release.Task, Task.Delay(Pause, cancellationToken)) != _bodies._release.Task)
            {
                await stream.WriteAsync(Spaces, cancellationToken);
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
