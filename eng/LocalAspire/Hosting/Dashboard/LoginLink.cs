using Microsoft.Extensions.Logging;

namespace LocalAspire.Dashboard;

/// <summary>Says where to log in, once, when the dashboard answers.</summary>
internal sealed partial class LoginLink : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _announced;

    private LoginLink(string url, string token, ILogger logger) => _announced = AnnounceAsync(url, token, logger, _stopping.Token);

    public static LoginLink Announce(string url, string token, ILogger logger) => new(url, token, logger);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _announced.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static async Task AnnounceAsync(string url, string token, ILogger logger, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler);
        using var poll = new PeriodicTimer(Poll);
        try
        {
            while (!await AnswersAsync(client, url, cancellationToken).ConfigureAwait(false))
                await poll.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            Say(logger, $"{url}/login?t={Uri.EscapeDataString(token)}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops before the dashboard was up.
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {Link}")]
    private static partial void Say(ILogger logger, string link);
}
