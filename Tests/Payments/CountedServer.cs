using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Tests.Payments;

/// <summary>
/// An HTTP server on a free port that counts its connections and requests. It answers a request with its method, path and traceparent, and
/// can hold its answers back.
/// </summary>
internal sealed class CountedServer : IAsyncDisposable
{
    /// <summary>The path whose answer has <see cref="LargeBytes"/>.</summary>
    public const string Large = "/large";

    /// <summary>The path whose answer is 503.</summary>
    public const string Unavailable = "/unavailable";

    /// <summary>More than a client reads ahead.</summary>
    public const int LargeBytes = 1_000_000;

    private readonly WebApplication _app;
    private volatile TaskCompletionSource? _held;
    private int _connections;
    private int _requests;
    private int _waiting;

    private CountedServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(Count)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The connections since the start, those that were closed included.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests since the start.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The requests whose answers are held back.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public static async Task<CountedServer> StartAsync()
    {
        var server = new CountedServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Holds all answers back from now on.</summary>
    public void HoldAnswers() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends the answers that were held back.</summary>
    public void SendAnswers() => _held?.SetResult();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ConnectionDelegate Count(ConnectionDelegate next) => connection =>
    {
        Interlocked.Increment(ref _connections);
        return next(connection);
    };

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (_held is { } held)
        {
            Interlocked.Increment(ref _waiting);
            await held.Task.WaitAsync(context.RequestAborted);
        }
        var request = context.Request;
        if (request.Path == Unavailable)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync(
            request.Path == Large ? new string('x', LargeBytes) : $"{request.Method} {request.Path} {request.Headers.TraceParent}",
            context.RequestAborted);
    }
}
