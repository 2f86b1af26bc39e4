using System.Diagnostics.CodeAnalysis;
using System.Net;
using Shop.Lab;
using Shop.Lab.Load;
using Shop.Tests.Defaults;

namespace Shop.Tests.Lab;

/// <summary>
/// In the place of the Shop's four services: one delegate says whether they are alive, another answers all other requests.
/// </summary>
[SuppressMessage("Reliability", "CA2000",
    Justification = "The load owns its invoker, the invoker its handler; a caller of a delegate disposes the response.")]
internal sealed class StandInShop(Func<CancellationToken, Task<HttpResponseMessage>> respond, Func<HttpStatusCode> alive)
    : HttpMessageHandler
{
    /// <summary>The addresses of the services; they are never connected to.</summary>
    public static ShopAddresses Addresses { get; } = CreateAddresses();

    /// <summary>Answers 503 to each shopper's first request, with which the visit ends.</summary>
    public static Task<HttpResponseMessage> RefuseVisit(CancellationToken cancellationToken)
        => StubHandler.Respond(HttpStatusCode.ServiceUnavailable);

    /// <summary>A load on such a shop.</summary>
    public static LoadSession CreateLoad(
        TimeProvider time, Func<CancellationToken, Task<HttpResponseMessage>> respond, Func<HttpStatusCode>? alive = null)
        => new(Addresses, Connect(respond, alive), time);

    /// <summary>A connection to such a shop.</summary>
    public static HttpMessageInvoker Connect(Func<CancellationToken, Task<HttpResponseMessage>> respond, Func<HttpStatusCode>? alive = null)
        => new(new StandInShop(respond, alive ?? (static () => HttpStatusCode.OK)));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => request.RequestUri!.AbsolutePath == "/alive" ? StubHandler.Respond(alive()) : respond(cancellationToken);

    private static ShopAddresses CreateAddresses()
    {
        var command = new System.CommandLine.Command("addresses");
        var read = ShopAddresses.AddOptions(command);
        return read(command.Parse([.. ShopAddresses.Names.SelectMany(service => new[] { $"--{service}", $"http://{service}.test" })]));
    }
}
