using System.Collections.Concurrent;
using System.Net;

namespace Shop.Tests.Defaults;

/// <summary>Stands for the network: records each attempt, and lets the attempts of a call fail or hang as told.</summary>
internal sealed class Attempts(Func<int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Uri> _addresses = [];
    private int _count;

    public int Count => _count;

    public IReadOnlyCollection<Uri> Addresses => _addresses;

    public static Task<HttpResponseMessage> Answer(HttpStatusCode status) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("answered") });

    public static Task<HttpResponseMessage> Refuse() => throw new HttpRequestException("Connection refused");

    /// <summary>Never answers; only its cancellation ends the attempt.</summary>
    public static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Unreachable.");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _addresses.Enqueue(request.RequestUri!);
        return answer(Interlocked.Increment(ref _count), cancellationToken);
    }
}
