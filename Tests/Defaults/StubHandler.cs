using System.Collections.Concurrent;
using System.Net;

namespace Shop.Tests.Defaults;

/// <summary>Replaces the network: records each attempt and responds with the given delegate, which may fail or hang.</summary>
internal sealed class StubHandler(Func<int, CancellationToken, Task<HttpResponseMessage>> respond) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Uri> _addresses = [];
    private int _count;

    public int Count => _count;

    public IReadOnlyCollection<Uri> Addresses => _addresses;

    public static Task<HttpResponseMessage> Respond(HttpStatusCode status)
        => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("content") });

    public static Task<HttpResponseMessage> Refuse() => throw new HttpRequestException("Connection refused");

    /// <summary>Never responds; only cancellation ends the attempt.</summary>
    public static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Unreachable.");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _addresses.Enqueue(request.RequestUri!);
        return respond(Interlocked.Increment(ref _count), cancellationToken);
    }
}
